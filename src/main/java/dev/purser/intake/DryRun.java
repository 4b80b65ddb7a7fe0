package dev.purser.intake;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.purser.intake.OrderForm.Rules;
import dev.purser.kernel.OrderId;
import dev.purser.kernel.event.EventReader;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/** Reads orders as intake reads them, and stores nothing. */
@ApplicationScoped
public class DryRun {

    private final Clock clock;
    private final boolean subscriptions;

    public DryRun(
            Clock clock, @ConfigProperty(name = "purser.subscriptions", defaultValue = "true") boolean subscriptions) {
        this.clock = clock;
        this.subscriptions = subscriptions;
    }

    /** @param flaw why these are no orders at all, for a person; null when there are entries to read */
    public record Sheet(List<Entry> entries, @Nullable String flaw) {

        /** Those of the valid entries. */
        public Set<String> campaigns() {
            return entries.stream()
                    .map(Entry::checked)
                    .filter(Checked.Valid.class::isInstance)
                    .map(valid -> ((Checked.Valid) valid).campaign())
                    .filter(Objects::nonNull)
                    .collect(Collectors.toSet());
        }
    }

    /**
     * @param row 1 for the first row below the header, or the first order of an array
     * @param orderId null where there is none that could be one
     * @param duplicate the same order stands before it with the same content, and would be stored once
     */
    public record Entry(long row, @Nullable String orderId, Checked checked, boolean duplicate) {}

    /** @param body one order as the contract writes its data, or an array of such */
    public Sheet ofJson(byte[] body) throws IOException {
        JsonNode data;
        try {
            data = EventReader.tree(body);
        } catch (JsonProcessingException e) {
            return new Sheet(List.of(), "The body is no JSON that can be read.");
        }
        if (!data.isObject() && !data.isArray()) {
            return new Sheet(List.of(), "The body must be one order as a JSON object, or an array of them.");
        }
        Entries entries = new Entries();
        Rules rules = rules();
        for (JsonNode order : data.isArray() ? data : List.of(data)) {
            entries.add(orderId(order.path("order_id").asText()), OrderForm.ofJson(order, rules));
        }
        return new Sheet(entries.all, null);
    }

    /** @param file in the shape of a dropped one */
    public Sheet ofCsv(Path file) throws IOException {
        String flaw = FileLook.at(file).flaw();
        CsvHeader header = flaw == null ? CsvHeader.of(file) : null;
        if (header == null || header.flaw() != null) {
            return new Sheet(List.of(), header == null ? flaw : header.flaw());
        }
        if (header.isOfCommands()) {
            return new Sheet(List.of(), "This is a file of commands; only orders have a price.");
        }
        Entries entries = new Entries();
        Rules rules = rules();
        List<String> keys = CsvHeader.keys(header.columns());
        try (CsvFile csv = CsvFile.open(file, header.separator())) {
            for (CsvRow row = csv.next(); row != null; row = csv.next()) {
                Map<String, String> cells = row.named(keys);
                CsvRow.Flaw damage = row.flaw();
                entries.add(
                        orderId(cells.getOrDefault("order_id", "").strip()),
                        damage == null
                                ? OrderForm.ofCells(cells, rules)
                                : new Checked.Invalid(List.of(new FieldError("row", damage.message()))));
            }
        }
        return new Sheet(entries.all, null);
    }

    private Rules rules() {
        return new Rules(clock.instant(), subscriptions);
    }

    private static @Nullable String orderId(String text) {
        return OrderId.parse(text).map(OrderId::value).orElse(null);
    }

    /** In the order of the sheet; an order_id means one order, as it does when the sheet is submitted. */
    private static final class Entries {

        private final List<Entry> all = new ArrayList<>();
        private final Map<String, Checked> firsts = new HashMap<>();

        void add(@Nullable String orderId, Checked checked) {
            boolean valid = checked instanceof Checked.Valid;
            Checked first = valid && orderId != null ? firsts.putIfAbsent(orderId, checked) : null;
            boolean same = checked.equals(first);
            Checked found = first == null || same
                    ? checked
                    : new Checked.Invalid(
                            List.of(new FieldError("order_id", "stands before in this request, with other content")));
            all.add(new Entry(all.size() + 1L, orderId, found, same));
        }
    }
}
