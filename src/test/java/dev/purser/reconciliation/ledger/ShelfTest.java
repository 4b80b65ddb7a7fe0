package dev.purser.reconciliation.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.purser.reconciliation.Scene;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class ShelfTest {

    @Test
    void whatever_is_in_a_line_arrives_in_the_database_as_it_is() {
        String strange = "tab\tline\nreturn\rback\\slash \\n \u0001 quote\" \ud83d\ude00 end\0";
        String raw = "{\"a\":\"b\\\\c\\n\\\"\",\"nul\":\"\\u0000\"}";
        try (Scene scene = new Scene()) {
            new Shelf(scene.database, Scene.ACCOUNT)
                    .put(List.of(new LedgerEntry(
                            1,
                            Scene.LONG_AGO,
                            new BigDecimal("1E+2"),
                            null,
                            10_000,
                            strange,
                            null,
                            null,
                            null,
                            null,
                            null,
                            null,
                            raw)));

            scene.database.run(Duration.ofSeconds(5), db -> {
                assertThat(db.list("select service from ledger_line", row -> row.getString(1)))
                        .containsExactly(strange.replace('\0', '\ufffd'));
                assertThat(db.list("select cost from ledger_line", row -> row.getBigDecimal(1)))
                        .containsExactly(new BigDecimal("100"));
                assertThat(db.list("select raw ->> 'a' from ledger_line", row -> row.getString(1)))
                        .containsExactly("b\\c\n\"");
            });
        }
    }
}
