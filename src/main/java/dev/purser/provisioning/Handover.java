package dev.purser.provisioning;

import dev.purser.cocalc.Answer;
import dev.purser.cocalc.CoCalcDoor;
import dev.purser.kernel.Email;
import dev.purser.kernel.PurchasingAccount;
import dev.purser.orders.Because;
import dev.purser.orders.Customers;
import dev.purser.orders.Order;
import dev.purser.orders.OrderState;
import dev.purser.orders.Orders;
import dev.purser.orders.Workload;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/** Makes the customer account a manager of the license that was bought for it. Repeating it changes nothing. */
@ApplicationScoped
public class Handover {

    private static final int AT_ONCE = 4;
    private static final Duration CLAIM = Duration.ofSeconds(20);
    private static final Duration NEXT_TRY = Duration.ofSeconds(15);

    private final Workload workload;
    private final Orders orders;
    private final Customers customers;
    private final Accounts accounts;
    private final CoCalcDoor door;
    private final Settings settings;
    private final Pacing pacing;
    private final Clock clock;
    private final boolean tellEmail;
    private final ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE);

    Handover(
            Workload workload,
            Orders orders,
            Customers customers,
            Accounts accounts,
            CoCalcDoor door,
            Settings settings,
            Pacing pacing,
            Clock clock,
            @ConfigProperty(name = "purser.outcomes.include-email", defaultValue = "false") boolean tellEmail) {
        this.workload = workload;
        this.orders = orders;
        this.customers = customers;
        this.accounts = accounts;
        this.door = door;
        this.settings = settings;
        this.pacing = pacing;
        this.clock = clock;
        this.tellEmail = tellEmail;
    }

    /** Called by the clock; returns when no purchased order is due, or while no account is confirmed that could be asked. */
    public void handOver() {
        if (accounts.confirmed().isEmpty()) {
            return;
        }
        List<Order> due = claim();
        while (!due.isEmpty() && !pacing.isStopping()) {
            List<CompletableFuture<Void>> handed = due.stream()
                    .map(order -> CompletableFuture.runAsync(() -> handOver(order), threads))
                    .toList();
            handed.forEach(CompletableFuture::join);
            due = claim();
        }
    }

    private List<Order> claim() {
        return workload.claimForHandover(4 * AT_ONCE, CLAIM);
    }

    private void handOver(Order order) {
        String problem = settings.handover() ? askCoCalc(order) : null;
        String why = settings.handover() ? "handed over to the customer account" : "no handover is configured";
        change(order, locked -> {
            if (problem == null) {
                Optional<Email> email = tellEmail ? customers.email(locked.customer()) : Optional.empty();
                locked.provision(email.orElse(null), new Because(why, "handover", clock.instant()));
            } else {
                locked.handoverFailed(problem, clock.instant().plus(NEXT_TRY));
            }
        });
    }

    /** @return what went wrong, or null */
    private @Nullable String askCoCalc(Order order) {
        UUID buyer = Objects.requireNonNull(order.purchasingAccount());
        PurchasingAccount account = accounts.byId(buyer).orElse(null);
        if (account == null) {
            return "the purchasing account " + buyer
                    + " is not configured or not reachable, and only it can hand the license over";
        }
        List<UUID> managers = Stream.of(buyer, order.customer()).distinct().toList();
        Answer<Boolean> answer =
                door.as(account.name()).setManagers(Objects.requireNonNull(order.licenseId()), managers);
        if (answer instanceof Answer.NotSignedIn) {
            accounts.doubt(account.name(), KeyCheck.said(account.name(), answer));
        }
        return answer.isDone() ? null : "the handover is tried again: " + answer.summary();
    }

    private void change(Order order, Consumer<Order> change) {
        QuarkusTransaction.requiringNew().run(() -> orders.lock(List.of(order.ref())).stream()
                .filter(locked -> locked.state() == OrderState.PURCHASED)
                .forEach(change));
    }

    @PreDestroy
    void stop() {
        threads.shutdownNow();
    }
}
