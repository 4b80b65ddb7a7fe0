package dev.purser.reconciliation.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SumsTest {

    /** As recorded: balances after 12.38 from a million, and so on. */
    @ParameterizedTest
    @CsvSource({
        "999987.6, 999987.62",
        "752350.5, 752350.48",
        "9866.89, 9866.89",
        "98836.016, 98836.02",
        "247649.52, 247649.52"
    })
    void a_balance_is_right_to_its_last_binary_digit(String told, String exact) {
        assertThat(Sums.isAbout(new BigDecimal(told), new BigDecimal(exact))).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"999987.6, 999987.82", "752350.5, 752345.50", "9866.89, 9866.90", "98836.016, 98836.06", "0, 0.01"})
    void and_not_a_cent_more_where_it_can_tell_cents(String told, String exact) {
        assertThat(Sums.isAbout(new BigDecimal(told), new BigDecimal(exact))).isFalse();
    }

    @Test
    void lines_that_still_run_may_have_cost_more_by_now() {
        Sums sums = new Sums(2, money("10.00"), money("10.00"), money("2.00"), money("1.50"));

        assertThat(sums.comesTo(money("8.00"))).isTrue();
        assertThat(sums.comesTo(money("11.20"))).isTrue();
        assertThat(sums.comesTo(money("11.60"))).isFalse();
        assertThat(sums.comesTo(money("7.90"))).isFalse();
    }

    private static BigDecimal money(String usd) {
        return new BigDecimal(usd);
    }
}
