package dev.purser.reconciliation;

import java.text.ParseException;
import java.time.Instant;
import java.util.Date;
import org.quartz.CronExpression;

/** When a reconciliation begins by itself, in Quartz' words: seconds first, days and hours in UTC. */
record Cron(String expression) {

    private static final String VARIABLE = "PURSER_RECONCILIATION_CRON";
    private static final String EXAMPLE =
            "seconds minutes hours day month weekday, one of day and weekday is ?: 0 30 3 * * ? is each day at 03:30 UTC";

    /** Refuses what Quartz cannot read, and what never comes after {@code now}. */
    static Cron of(String expression, Instant now) {
        try {
            if (new CronExpression(expression).getNextValidTimeAfter(Date.from(now)) == null) {
                throw new IllegalArgumentException(
                        VARIABLE + " is '" + expression + "', and that never comes again. It has " + EXAMPLE + ".");
            }
        } catch (ParseException e) {
            throw new IllegalArgumentException(
                    VARIABLE + " is '" + expression + "', which is no cron expression of Quartz (" + e.getMessage()
                            + "). It has " + EXAMPLE + ".",
                    e);
        }
        return new Cron(expression);
    }
}
