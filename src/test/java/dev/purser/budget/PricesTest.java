package dev.purser.budget;

import static org.assertj.core.api.Assertions.assertThat;

import dev.purser.kernel.LicenseSpec;
import dev.purser.kernel.LicenseSpec.Period;
import dev.purser.kernel.LicenseSpec.Uptime;
import dev.purser.kernel.LicenseSpec.User;
import dev.purser.kernel.Money;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PricesTest {

    @ParameterizedTest
    @MethodSource("recordedPrices")
    void a_recorded_price_is_met_to_the_cent(List<String> row) {
        LicenseSpec spec = new LicenseSpec(
                User.valueOf(row.get(0).toUpperCase(Locale.ROOT)),
                Integer.parseInt(row.get(10)),
                1,
                1,
                1,
                Boolean.parseBoolean(row.get(7)),
                Uptime.valueOf(row.get(8).toUpperCase(Locale.ROOT)),
                Boolean.parseBoolean(row.get(9)),
                Period.valueOf(row.get(1).toUpperCase(Locale.ROOT)),
                instant(row.get(2)),
                instant(row.get(3)),
                null,
                null);

        Money price =
                Prices.of(spec, new BigDecimal(row.get(4)), new BigDecimal(row.get(5)), new BigDecimal(row.get(6)));

        assertThat(price).isEqualTo(Money.roundedUp(new BigDecimal(row.get(14))));
    }

    @Test
    void every_recorded_price_is_compared() throws IOException {
        assertThat(recordedPrices()).hasSize(40);
    }

    static List<List<String>> recordedPrices() throws IOException {
        try (var csv = new BufferedReader(new InputStreamReader(
                Objects.requireNonNull(PricesTest.class.getResourceAsStream("/partner-api/prices.csv")),
                StandardCharsets.UTF_8))) {
            return csv.lines().skip(1).map(line -> List.of(line.split(","))).toList();
        }
    }

    private static Instant instant(String text) {
        return text.isEmpty() ? null : Instant.parse(text);
    }

    @Test
    void a_price_that_falls_exactly_on_a_cent_may_be_a_cent_higher_for_each_project() {
        LicenseSpec spec = new LicenseSpec(
                LicenseSpec.User.BUSINESS,
                5,
                2,
                1,
                1,
                true,
                LicenseSpec.Uptime.DAY,
                false,
                LicenseSpec.Period.RANGE,
                Instant.parse("2027-01-15T00:00:00Z"),
                Instant.parse("2027-05-31T00:00:00Z"),
                null,
                null);

        assertThat(Prices.of(spec)).isEqualTo(Money.of("938.40"));
        assertThat(Prices.atMost(spec)).isEqualTo(Money.of("938.45"));
    }
}
