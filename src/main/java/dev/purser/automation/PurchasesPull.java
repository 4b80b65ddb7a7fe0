package dev.purser.automation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.purser.cocalc.CoCalc.LedgerPage;
import dev.purser.kernel.OrderToken;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/**
 * Lines of the purchasing account's ledger, newest first, as far as they say what was billed: what people wrote into an item, notes
 * and invoices stay there.
 */
record PurchasesPull(@Nullable Instant cutoff, @Nullable String service) implements Deed {

    private static final String CUTOFF =
            "an ISO 8601 time with a zone, or a date, such as 2026-11-01T00:00:00Z or 2026-11-01";
    private static final String RIGHT = "Use another purchasing account.";

    static @Nullable Deed read(Form form) {
        Instant cutoff = form.parsed("cutoff", form.text("cutoff", 40), CUTOFF, PurchasesPull::time);
        String service = form.text("service", 100);
        return new PurchasesPull(cutoff, service);
    }

    /** CoCalc ignores a zone other than Z, so it is asked in UTC. */
    private static Instant time(String text) {
        return text.length() == 10
                ? LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant()
                : OffsetDateTime.parse(text).toInstant();
    }

    @Nullable
    String since() {
        return cutoff == null ? null : cutoff.truncatedTo(ChronoUnit.MILLIS).toString();
    }

    @Override
    public Tried perform(Bench bench) {
        return bench.hands().ledger().pull(bench, this);
    }

    /** What a page of the ledger that could not be had means. */
    Judgement<LedgerPage> judgement(Bench bench) {
        return new Judgement<>(bench.account(), RIGHT, page -> {
            throw new IllegalStateException("only what is no page is judged");
        });
    }

    static Tried told(Collection<JsonNode> lines, @Nullable BigDecimal balance, boolean complete) {
        ObjectNode result = Bench.object();
        ArrayNode purchases = result.putArray("purchases");
        lines.forEach(line -> purchases.add(told(line)));
        result.put("balance", Told.usd(balance)).put("complete", complete);
        if (!complete) {
            result.put(
                    "note",
                    "The ledger has more lines than one command reads. Ask with a later cutoff; reconciliation.run reads them all.");
        }
        return new Tried.Done(result);
    }

    private static ObjectNode told(JsonNode line) {
        JsonNode description = line.path("description");
        JsonNode item = description.path("item");
        return Bench.object()
                .<ObjectNode>set("id", line.get("id"))
                .put("time", Told.time(line.path("time")))
                .put("cost", Told.usd(line.path("cost")))
                .put("service", line.path("service").textValue())
                .put("period_start", Told.time(line.path("period_start")))
                .put("period_end", Told.time(line.path("period_end")))
                .put("license_id", description.path("license_id").textValue())
                .<ObjectNode>set("cart_item_id", item.get("id"))
                .put(
                        "order_id",
                        OrderToken.find(item.path("description")
                                        .path("description")
                                        .textValue())
                                .map(token -> token.orderId().value())
                                .orElse(null));
    }
}
