package dev.purser.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.purser.cli.settings.Settings;
import java.time.Clock;
import java.time.YearMonth;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

@Command(
        name = "reconcile",
        description = {
            "Lets a running Purser read CoCalc's ledger and compare it with the orders, and prints what it found.",
            "Asked to, it then seals the month that it compared; what changes later is an adjustment."
        })
final class ReconcileVerb implements Callable<Integer> {

    @Option(
            names = "--month",
            paramLabel = "MONTH",
            converter = Month.class,
            description = "Reconcile this month alone (UTC): 2026-11.")
    @Nullable
    YearMonth month;

    @Option(names = "--close", description = "Seal the month afterwards, for good; needs --month.")
    boolean close;

    @Mixin
    private final Connection connection = new Connection();

    @Mixin
    private final Common common = new Common();

    private final Terminal terminal;
    private final Settings settings;
    private final Clock clock;
    private final Rest rest;

    ReconcileVerb(Terminal terminal, Settings settings, Clock clock, Rest rest) {
        this.terminal = terminal;
        this.settings = settings;
        this.clock = clock;
        this.rest = rest;
    }

    @Override
    public Integer call() {
        if (close && month == null) {
            throw new Failure(Exit.USAGE, "--close needs the month to seal, as in --month 2026-11.");
        }
        Instance purser = connection.open(settings);
        JsonNode run = follow(purser, begin(purser));
        if (!run.path("state").asText().equals("COMPLETED")) {
            throw new Failure(
                    Exit.FAILED,
                    "Reconciliation " + run.path("id").asText()
                            + " could not read the whole ledger, so it concluded nothing: "
                            + run.path("reason").asText() + ". Run it again.");
        }
        long unknown = purser.get("/api/v1/stats").path("unknown").asLong();
        ObjectNode document = JsonNodeFactory.instance.objectNode();
        document.set("reconciliation", run);
        document.put("unknown", unknown);
        Exit exit = unknown > 0 ? Exit.UNKNOWN : run.path("discrepancies").asLong() > 0 ? Exit.REJECTIONS : Exit.DONE;
        show(purser, run, unknown);
        if (month != null && close) {
            exit = close(purser, month, document, exit);
        }
        if (common.json) {
            terminal.print(document.put("exit_code", exit.code()));
        }
        return exit.code();
    }

    /** Two at once are one, whatever its days; then the other is waited for, and ours begins after it. */
    private JsonNode begin(Instance purser) {
        ObjectNode days = JsonNodeFactory.instance.objectNode();
        if (month != null) {
            days.put("from", month.atDay(1).toString())
                    .put("to", month.atEndOfMonth().toString());
        }
        JsonNode run = purser.post("/api/v1/reconciliations", days);
        while (!run.path("from").asText("").equals(days.path("from").asText(""))
                || !run.path("to").asText("").equals(days.path("to").asText(""))) {
            follow(purser, run);
            run = purser.post("/api/v1/reconciliations", days);
        }
        return run;
    }

    private JsonNode follow(Instance purser, JsonNode begun) {
        Bar bar = new Bar(terminal, clock);
        JsonNode run = begun;
        while (run.path("state").asText().equals("RUNNING")) {
            bar.show(
                    run.path("lines_pulled").asLong(), run.path("lines_to_pull").asLong(), words(run));
            rest.take();
            run = purser.get("/api/v1/reconciliations/" + begun.path("id").asText());
        }
        bar.done();
        return run;
    }

    private static String words(JsonNode run) {
        return "reconciliation " + run.path("id").asText() + ": "
                + run.path("phase").asText("").toLowerCase(Locale.ROOT)
                + (run.path("lines_to_pull").asLong() > 0
                        ? ", " + run.path("lines_pulled").asText() + " of "
                                + run.path("lines_to_pull").asText() + " lines"
                        : "")
                + (run.path("eta_seconds").asLong() > 0
                        ? ", about " + run.path("eta_seconds").asText() + " s left"
                        : "");
    }

    private void show(Instance purser, JsonNode run, long unknown) {
        if (common.json) {
            return;
        }
        Table table = new Table("class", " lines", " ordered", " billed", " difference");
        run.path("totals").fields().forEachRemaining(total -> {
            if (total.getValue().path("count").asLong() > 0) {
                row(table, total.getKey(), total.getValue());
            }
        });
        row(table, "TOTAL", run.path("total"));
        terminal.out().print(table);
        long discrepancies = run.path("discrepancies").asLong();
        terminal.out()
                .println(
                        discrepancies == 0
                                ? "Nothing differs (USD)."
                                : discrepancies + " rows differ (USD); each is in " + purser.address()
                                        + "/api/v1/reconciliations/"
                                        + run.path("id").asText() + "/report.csv");
        if (unknown > 0) {
            terminal.out().println(unknown + " orders are UNKNOWN: whether they were bought is still being asked.");
        }
    }

    private static void row(Table table, String name, JsonNode sum) {
        table.row(
                name,
                sum.path("count").asText(),
                usd(sum.path("ordered_cents")),
                usd(sum.path("billed_cents")),
                usd(sum.path("diff_cents")));
    }

    private static String usd(JsonNode cents) {
        return java.math.BigDecimal.valueOf(cents.asLong(), 2).toPlainString();
    }

    private Exit close(Instance purser, YearMonth sealed, ObjectNode document, Exit exit) {
        try {
            JsonNode closed = purser.post("/api/v1/months/" + sealed + "/close", JsonNodeFactory.instance.objectNode());
            document.set("month", closed);
            if (!common.json) {
                terminal.out()
                        .println(sealed + " is closed: " + closed.path("lines").asText() + " lines, hash "
                                + closed.path("hash").asText());
            }
            return exit;
        } catch (Failure refused) {
            terminal.err().println(sealed + " is not closed. " + refused.sentence());
            document.putNull("month").put("error", refused.sentence());
            return exit == Exit.UNKNOWN ? exit : refused.exit();
        }
    }

    /** As the API writes it. */
    private static final class Month implements ITypeConverter<YearMonth> {
        @Override
        public YearMonth convert(String text) {
            try {
                return YearMonth.parse(text);
            } catch (DateTimeParseException e) {
                throw new TypeConversionException("a month is written as in 2026-11");
            }
        }
    }
}
