package dev.purser.orders;

import dev.purser.kernel.Email;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.runtime.Startup;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/** The customer accounts, asked about once and remembered for a day. */
@ApplicationScoped
@Startup
public class Customers {

    /** Orders of one customer that one transaction answers; an import with more of them waits that long. */
    private static final int AT_ONCE = 2_000;
    /** Those that were to be cancelled meanwhile have a history of their own. */
    private static final int ONE_BY_ONE = 100;

    private final EntityManager db;
    private final Clock clock;
    private final boolean emailRequired;

    Customers(
            EntityManager db,
            Clock clock,
            @ConfigProperty(name = "purser.email", defaultValue = "optional") String email) {
        if (!email.equals("required") && !email.equals("optional")) {
            throw new IllegalArgumentException("PURSER_EMAIL must be required or optional");
        }
        this.db = db;
        this.clock = clock;
        this.emailRequired = email.equals("required");
    }

    /** Accounts whose orders wait; each is given to one caller, and to another only when the claim has passed without an answer. */
    @SuppressWarnings("unchecked")
    @Transactional(Transactional.TxType.REQUIRES_NEW)
    public List<UUID> claim(int limit, Duration claim) {
        return db.createNativeQuery("""
                        update customer set claimed_until = now() + cast(:claim as interval)
                         where account_id in (select account_id from customer
                                               where waiting and (claimed_until is null or claimed_until < now())
                                               limit :limit for update skip locked)
                        returning account_id""", UUID.class)
                .setParameter("claim", claim.toString())
                .setParameter("limit", limit)
                .getResultList();
    }

    /** True when the answer of an earlier lookup still counts; then the orders that wait have theirs. */
    public boolean answeredBefore(UUID account) {
        return QuarkusTransaction.requiringNew().call(() -> {
            Customer customer = lock(account);
            if (customer.lookedUpAt == null || customer.known == null) {
                return false;
            }
            answerOrders(customer);
            return true;
        });
    }

    /** @param email empty when the account has none; {@code exists} false when CoCalc knows no such account */
    @Transactional(Transactional.TxType.REQUIRES_NEW)
    public void answered(UUID account, boolean exists, Optional<Email> email) {
        Customer customer = lock(account);
        customer.known = exists;
        customer.email = email.map(Email::address).orElse(null);
        customer.lookedUpAt = clock.instant();
        answerOrders(customer);
    }

    public Optional<Email> email(UUID account) {
        return QuarkusTransaction.joiningExisting()
                .call(() -> Customer.<Customer>findByIdOptional(account))
                .map(customer -> customer.email)
                .map(Email::new);
    }

    /** Wakes the lookup. An account that was not known may exist by now, and an address may have changed since yesterday: those are asked again. */
    static void await(EntityManager db, Collection<UUID> accounts) {
        String[] sorted =
                accounts.stream().map(UUID::toString).distinct().sorted().toArray(String[]::new);
        if (sorted.length > 0) {
            db.createNativeQuery("""
                            insert into customer (account_id)
                            select * from unnest(cast(:accounts as uuid[]))
                            on conflict (account_id) do update set waiting = true, claimed_until = null,
                                looked_up_at = case when customer.known and customer.looked_up_at > now() - interval '1 day'
                                                    then customer.looked_up_at end""").setParameter("accounts", sorted).executeUpdate();
        }
    }

    /** The row lock comes first: an order that is accepted meanwhile either is seen below or sets {@code waiting} again. */
    private static Customer lock(UUID account) {
        return Customer.findById(account, LockModeType.PESSIMISTIC_WRITE);
    }

    private void answerOrders(Customer customer) {
        db.flush();
        Resolution resolution = resolution(customer);
        int answered = resolution.onThoseThatWait(db, customer.accountId, AT_ONCE);
        List<Order> unwanted = Order.<Order>find(
                        "state = ?1 and content.accountId = ?2 and cancelWish.at is not null order by id",
                        OrderState.RECEIVED,
                        customer.accountId)
                .page(0, ONE_BY_ONE)
                .withLock(LockModeType.PESSIMISTIC_WRITE)
                .list();
        unwanted.forEach(resolution::on);
        customer.waiting = answered == AT_ONCE || unwanted.size() == ONE_BY_ONE;
        customer.claimedUntil = null;
    }

    private Resolution resolution(Customer customer) {
        String refusal = refusal(customer);
        if (refusal == null) {
            String why = customer.email == null ? "the account exists, without an email address" : "the account exists";
            return Resolution.resolved(customer.email != null, new Because(why, "resolver", clock.instant()));
        }
        String code = Boolean.TRUE.equals(customer.known) ? "no_email" : "unknown_account";
        return Resolution.rejected(code, new Because(refusal, "resolver", clock.instant()));
    }

    private @Nullable String refusal(Customer customer) {
        if (!Boolean.TRUE.equals(customer.known)) {
            return "account_id: CoCalc knows no account " + customer.accountId
                    + "; correct it, or create the account, and submit the order again";
        }
        return emailRequired && customer.email == null
                ? "account_id: the account " + customer.accountId
                        + " has no email address, and PURSER_EMAIL requires one"
                : null;
    }
}
