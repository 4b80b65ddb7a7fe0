package dev.purser.kernel;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What is bought. Units: ram and disk in GB for each project, cpu in shared vCPUs for each project, runLimit in projects running at once.
 *
 * @param start start of a {@link Period#RANGE}, else null
 * @param end end of a {@link Period#RANGE}, else null
 * @param title visible to anyone who has the license id (a CoCalc fact), so nothing personal belongs in it
 * @param description the partner's own text, without the order token
 */
public record LicenseSpec(
        User user,
        int runLimit,
        int ram,
        int cpu,
        int disk,
        boolean member,
        Uptime uptime,
        boolean boost,
        Period period,
        @Nullable Instant start,
        @Nullable Instant end,
        @Nullable String title,
        @Nullable String description) {

    public LicenseSpec {
        if (period == Period.RANGE && (start == null || end == null)) {
            throw new IllegalArgumentException("a range has a start and an end");
        }
    }

    /** Without title and description: partners may name students there, and this ends up in logs. */
    @Override
    public String toString() {
        return runLimit + " x " + user + " ram " + ram + " cpu " + cpu + " disk " + disk + (member ? " member " : " ")
                + uptime + (boost ? " boost " : " ") + period + " " + start + " to " + end;
    }

    public enum User {
        ACADEMIC,
        BUSINESS
    }

    public enum Uptime {
        SHORT,
        MEDIUM,
        DAY,
        ALWAYS_RUNNING
    }

    /** {@code MONTHLY} and {@code YEARLY} start subscriptions that renew themselves at CoCalc. */
    public enum Period {
        RANGE,
        MONTHLY,
        YEARLY
    }

    /** The word that CoCalc, CSV files and events use for one of the constants above. */
    public static String word(Enum<?> constant) {
        return constant.name().toLowerCase(java.util.Locale.ROOT);
    }
}
