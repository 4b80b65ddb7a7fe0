package dev.purser.provisioning;

import static org.assertj.core.api.Assertions.assertThat;

import dev.purser.kernel.PurchasingAccount;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AccountsTest {

    private static final PurchasingAccount ME = new PurchasingAccount(new UUID(1, 1), "main");
    private static final PurchasingAccount OTHER = new PurchasingAccount(new UUID(1, 2), "other");

    private final Simulation simulation = new Simulation(1, PlantedBug.NONE);
    private final Accounts accounts = new Accounts(
            new SimDoor(simulation.time, simulation.world, simulation.faults, simulation.oracle, PlantedBug.NONE));

    @BeforeEach
    void confirmed() {
        accounts.confirm(ME);
        accounts.confirm(OTHER);
    }

    @Test
    void one_that_was_refused_a_checkout_takes_its_orders_back_so_the_others_count_on_it() {
        accounts.trouble("other", "CoCalc would not sell");
        accounts.answers("other", true);

        assertThat(accounts.othersThan(ME)).containsExactly(OTHER.id());
    }

    @Test
    void one_that_gets_no_answers_is_not_counted_on_until_it_does() {
        accounts.answers("other", false);
        assertThat(accounts.othersThan(ME)).isEmpty();

        accounts.answers("other", true);
        assertThat(accounts.othersThan(ME)).containsExactly(OTHER.id());
    }

    @Test
    void one_whose_key_does_not_count_is_not_counted_on() {
        accounts.doubt("other", "must be signed in");

        assertThat(accounts.othersThan(ME)).isEmpty();
    }
}
