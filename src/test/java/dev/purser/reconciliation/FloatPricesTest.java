package dev.purser.reconciliation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.purser.reconciliation.ledger.LedgerEntry;
import dev.purser.reconciliation.ledger.Shelf;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** CoCalc keeps amounts as 4-byte reals and prints them with as many digits as it takes to read them back. */
class FloatPricesTest {

    private static final int PRICES = 100_000;

    @Test
    void a_hundred_thousand_prices_through_4_byte_reals_and_back_make_no_difference() {
        long seed = 20_261_125;
        Random random = new Random(seed);
        try (Scene scene = new Scene()) {
            List<String> prices = new ArrayList<>();
            List<LedgerEntry> lines = new ArrayList<>();
            for (int n = 1; n <= PRICES; n++) {
                // As many small ones as large ones: up to ten million USD.
                long cents = (long) Math.pow(10, random.nextDouble() * 9) + random.nextInt(100);
                BigDecimal price = BigDecimal.valueOf(cents, 2);
                prices.add(price.toPlainString());
                lines.add(line(n, new BigDecimal(Float.toString(price.floatValue()))));
            }
            scene.database.run(
                    Duration.ofMinutes(1),
                    db -> db.update("""
                    insert into orders (order_id, state, account_id, license_user, run_limit, ram, cpu, disk, member, uptime, boost,
                                        period, starts, ends, content_hash, source, purchasing_account, purchasing_name,
                                        cart_item_id, quoted_cost, cost, received_at, state_since)
                    select 'order-' || n, 'PROVISIONED', gen_random_uuid(), 'ACADEMIC', 1, 4, 1, 3, true, 'SHORT', false, 'RANGE',
                           ?, ?, 'x', 'test', ?, 'main', n, price, price, now(), now()
                      from unnest(?::numeric[]) with ordinality as p (price, n)""", Scene.STARTS, Scene.ENDS, Scene.ACCOUNT, prices.toArray(String[]::new)));
            new Shelf(scene.database, Scene.ACCOUNT).put(lines);

            Run run = scene.compare();

            assertThat(run.totals().get(Finding.MATCHED).count()).isEqualTo(PRICES);
            assertThat(run.discrepancies()).as("seed %d", seed).isZero();
            assertThat(run.unexplainedCents()).isZero();
            assertThat(
                            scene.database.count(
                                    "select count(*) from reconciliation_row where rule = 'float32' and billed_cents <> ordered_cents"))
                    .as("those whose cents a real cannot keep")
                    .isPositive();
        }
    }

    private static LedgerEntry line(long n, BigDecimal cost) {
        long cents = cost.movePointRight(2)
                .setScale(0, java.math.RoundingMode.HALF_EVEN)
                .longValueExact();
        return new LedgerEntry(
                n,
                Scene.LONG_AGO,
                cost,
                null,
                cents,
                "license",
                n,
                new UUID(1, n),
                "order-" + n,
                null,
                Scene.STARTS,
                Scene.ENDS,
                "{}");
    }
}
