package dev.purser.orders;

import dev.purser.kernel.Email;
import dev.purser.kernel.LicenseSpec;
import dev.purser.kernel.Money;
import dev.purser.kernel.OrderId;
import dev.purser.kernel.PurchasingAccount;
import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Embedded;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A partner's request for one license line for one customer account. Each intent is one transition, one row of history, and at most one announcement. */
@Entity
@Table(name = "orders")
public class Order extends PanacheEntityBase {

    /** The code of an UNKNOWN order that people were told of. */
    public static final String PARKED = "unknown_parked";

    @Id
    long id;

    @Column(name = "order_id")
    String orderId;

    int attempt;

    @Enumerated(EnumType.STRING)
    OrderState state;

    @Embedded
    Content content;

    @Column(name = "email_known")
    boolean emailKnown;

    @Embedded
    @Nullable
    Binding binding;

    @Column(name = "cart_item_id")
    @Nullable
    Long cartItemId;

    @Column(name = "quoted_cost")
    @Nullable
    Money quotedCost;

    @Column(name = "approved_cost")
    @Nullable
    Money approvedCost;

    @Embedded
    @Nullable
    Purchase purchase;

    @Embedded
    @Nullable
    Reason reason;

    @Embedded
    @Nullable
    CancelWish cancelWish;

    int events;
    int holds;

    @Column(name = "received_at")
    Instant receivedAt;

    @Column(name = "state_since")
    Instant stateSince;

    @Column(name = "completed_at")
    @Nullable
    Instant completedAt;

    @Column(name = "due_at")
    @Nullable
    Instant dueAt;

    @SuppressWarnings("NullAway.Init")
    protected Order() {}

    public OrderId orderId() {
        return new OrderId(orderId);
    }

    public long ref() {
        return id;
    }

    public OrderState state() {
        return state;
    }

    public Instant stateSince() {
        return stateSince;
    }

    public UUID customer() {
        return content.accountId();
    }

    public @Nullable UUID projectId() {
        return content.projectId();
    }

    public @Nullable String campaign() {
        return content.campaign();
    }

    public @Nullable Money maxCost() {
        return content.maxCost();
    }

    public LicenseSpec license() {
        return content.license().spec();
    }

    public @Nullable UUID purchasingAccount() {
        return binding == null ? null : binding.account();
    }

    public @Nullable Long cartItemId() {
        return cartItemId;
    }

    public @Nullable Money quotedCost() {
        return quotedCost;
    }

    /** Up to where a person has approved this attempt, or null. */
    public @Nullable Money approvedCost() {
        return approvedCost;
    }

    /** The wish cannot be carried out; whoever has it may say so again. */
    public void withdrawCancel() {
        cancelWish = null;
    }

    public boolean isCancelAsked() {
        return cancelWish != null;
    }

    public @Nullable UUID licenseId() {
        return purchase == null ? null : purchase.license();
    }

    public @Nullable String code() {
        return reason == null ? null : reason.code();
    }

    /** The account exists; whether it has an email address was asked. An order that was to be cancelled meanwhile ends here, unless a cart may hold it. */
    public void resolve(boolean emailIsKnown, Because because) {
        emailKnown = emailIsKnown;
        become(OrderState.RESOLVED, because);
        if (isCancelAsked() && binding == null) {
            cancelAsAsked("cancelled before anything was added to a cart", because.at());
        }
    }

    public void reject(String code, Because because) {
        close(OrderState.REJECTED, code, because);
        Outcome.REJECTED.announce(this, because, null);
    }

    public void fail(String code, Because because) {
        close(OrderState.FAILED, code, because);
        Outcome.FAILED.announce(this, because, null);
    }

    public void cancel(Because because) {
        close(OrderState.CANCELLED, "cancelled", because);
        Outcome.CANCELLED.announce(this, because, null);
    }

    /** A wish: it is carried out when the engine has seen that no item of the order can be bought any more. */
    public void askToCancel(Because because) {
        cancelWish = new CancelWish(because.at(), because.actor());
        note(because);
        if (state != OrderState.UNKNOWN) {
            explain("cancel_asked", because.why());
        }
    }

    /** The history names who asked. */
    public void cancelAsAsked(String why, Instant at) {
        cancel(new Because(why, Objects.requireNonNull(cancelWish).by(), at));
    }

    /** Something that changes no state and belongs into the history. */
    public void note(Because because) {
        new OrderEvent(this, ++events, state, because).persist();
    }

    /** A person lets it be bought at what it was quoted, and no dearer. @param set as in {@link Orders#approval}, or null */
    public void approve(@Nullable Long set, Because because) {
        approvedCost = Objects.requireNonNull(quotedCost);
        release(because);
        new OrderApproval(this, set, because).persist();
    }

    /** Waits for a person or for money. An order that had an item in a cart stays bound to that account: the item could still be bought there. */
    public void hold(String code, @Nullable Money quoted, Because because) {
        become(OrderState.HELD, because);
        explain(code, because.why());
        quotedCost = quoted == null ? quotedCost : quoted;
        if (approvedCost != null && quoted != null && quoted.isMoreThan(approvedCost)) {
            approvedCost = null;
        }
        holds++;
        Outcome.HELD.announce(this, because, null);
    }

    public void release(Because because) {
        become(OrderState.RESOLVED, because);
    }

    /** An add intent: from here on this order belongs to that account. */
    public void bind(PurchasingAccount account) {
        binding = Binding.to(account);
    }

    /** The add intent was never sent, nor was another of this order: one that was to be cancelled meanwhile ends here. */
    public void unbind(Instant at) {
        binding = null;
        if (isCancelAsked()) {
            cancelAsAsked("cancelled before anything was added to a cart", at);
        }
    }

    public void inCart(long itemId, Because because) {
        cartItemId = itemId;
        become(OrderState.IN_CART, because);
    }

    /** Reserved and about to be paid. */
    public void checkOut(Money quoted, Because because) {
        quotedCost = quoted;
        become(OrderState.CHECKING_OUT, because);
    }

    public void doubt(Because because) {
        become(OrderState.UNKNOWN, because);
        explain("checkout_unknown", because.why());
    }

    /** Unknown for so long that a person should know; it is still settled by asking. */
    public void park(Because because) {
        note(because);
        explain(PARKED, because.why());
    }

    /** Surely not bought: the same item waits for another checkout. */
    public void backInCart(Because because) {
        become(OrderState.IN_CART, because);
    }

    /** As {@link #backInCart}, and the order says what CoCalc said. */
    public void refused(Because because) {
        backInCart(because);
        explain("checkout_refused", because.why());
    }

    public void purchased(PurchasingAccount account, long itemId, UUID license, Money paid, Because because) {
        bind(account);
        cartItemId = itemId;
        purchase = new Purchase(license, paid, null, null);
        become(OrderState.PURCHASED, because);
    }

    /** The ledger's word on it. @param line its purchase there */
    public void billed(long line, Money usd) {
        purchase = Objects.requireNonNull(purchase).billed(line, usd);
    }

    /** Its line in the ledger is not known yet. */
    public boolean isBoughtUnbooked() {
        return purchase != null && purchase.purchaseId() == null;
    }

    /** @param email told to the world only when the installation says so */
    public void provision(@Nullable Email email, Because because) {
        become(OrderState.PROVISIONED, because);
        completedAt = because.at();
        Outcome.PROVISIONED.announce(this, because, email);
    }

    /** A handover that did not work shows on the order and is tried again; it never causes another purchase. */
    public void handoverFailed(String why, Instant nextTry) {
        explain("handover_failed", why);
        dueAt = nextTry;
    }

    /** A new attempt of an order that ended without a purchase; the token stays the same. */
    void resubmit(Submission again, String hash, Because because) {
        content = Content.of(again, hash);
        receivedAt = because.at();
        reopen(because);
    }

    /** As {@link #resubmit}, with the content that it has. What was approved or wished before counts no more. */
    void reopen(Because because) {
        attempt++;
        holds = 0;
        completedAt = null;
        quotedCost = null;
        approvedCost = null;
        cancelWish = null;
        become(OrderState.RECEIVED, because);
        Outcome.ACCEPTED.announce(this, because, null);
    }

    private void close(OrderState end, String code, Because because) {
        become(end, because);
        explain(code, because.why());
        completedAt = because.at();
    }

    private void become(OrderState next, Because because) {
        OrderState from = state;
        if (!from.mayBecome(next)) {
            throw new IllegalStateException(orderId + " is " + from + " and cannot become " + next);
        }
        state = next;
        stateSince = because.at();
        dueAt = null;
        reason = null;
        new OrderEvent(this, ++events, from, because).persist();
    }

    private void explain(String code, String message) {
        reason = new Reason(code, message);
    }
}
