package dev.purser.orders;

import dev.purser.kernel.PurchasingAccount;
import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import java.util.UUID;

/** The purchasing account whose cart an order goes into, by its id and by the name that it had. */
@Embeddable
record Binding(
        @Column(name = "purchasing_account") UUID account,
        @Column(name = "purchasing_name") String name) {

    static Binding to(PurchasingAccount account) {
        return new Binding(account.id(), account.name());
    }
}
