package dev.purser.provisioning;

import static org.assertj.core.api.Assertions.assertThatCode;

import java.time.Clock;
import org.junit.jupiter.api.Test;

class HandoverTest {

    /** Claimed, an order would rest for a quarter of a minute, although its account can be asked in a moment. */
    @Test
    void nothing_is_claimed_while_no_account_is_confirmed() {
        Accounts accounts = new Accounts(null);
        Handover handover =
                new Handover(null, null, null, accounts, null, null, new MachinePacing(), Clock.systemUTC(), false);

        assertThatCode(handover::handOver).doesNotThrowAnyException();
    }
}
