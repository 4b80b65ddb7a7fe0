package dev.purser.cli.doctor;

import dev.purser.cli.settings.Settings;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Whether a limit is set; without one nothing is bought. */
final class BudgetCheck implements Check {

    private static final String AREA = "budget";

    private final Settings settings;

    BudgetCheck(Settings settings) {
        this.settings = settings;
    }

    @Override
    public List<Finding> look() {
        String limits = Stream.of("order", "day", "month")
                .flatMap(period ->
                        settings.find("purser.budget.per-" + period).map(usd -> usd + " USD per " + period).stream())
                .collect(Collectors.joining(", "));
        return List.of(
                limits.isEmpty()
                        ? Finding.warn(
                                AREA,
                                "No limit is set, so nothing is bought.",
                                "Set PURSER_BUDGET_PER_ORDER, PURSER_BUDGET_PER_DAY or PURSER_BUDGET_PER_MONTH, in USD.")
                        : Finding.ok(AREA, "Each purchasing account may spend at most " + limits + "."));
    }
}
