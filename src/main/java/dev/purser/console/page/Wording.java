package dev.purser.console.page;

import dev.purser.kernel.LicenseSpec;
import dev.purser.orders.OrderState;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** How the page says things to a person. */
public final class Wording {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("d MMM yyyy HH:mm:ss", Locale.ENGLISH).withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("d MMM yyyy", Locale.ENGLISH).withZone(ZoneOffset.UTC);

    private static final DateTimeFormatter MONTH = DateTimeFormatter.ofPattern("MMMM yyyy", Locale.ENGLISH);

    private Wording() {}

    public static String time(@Nullable Instant at) {
        return at == null ? "" : TIME.format(at);
    }

    public static String state(OrderState state) {
        return state.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    /** Such as {@code 2 × 4 GB, 1 CPU, 3 GB disk, member, short idle time}. */
    public static String resources(LicenseSpec spec) {
        List<String> parts = new ArrayList<>();
        parts.add(spec.runLimit() + " × " + spec.ram() + " GB");
        parts.add(spec.cpu() + " CPU");
        parts.add(spec.disk() + " GB disk");
        if (spec.member()) {
            parts.add("member");
        }
        if (spec.boost()) {
            parts.add("boost");
        }
        parts.add(
                spec.uptime() == LicenseSpec.Uptime.ALWAYS_RUNNING
                        ? "always running"
                        : "uptime " + LicenseSpec.word(spec.uptime()));
        return String.join(", ", parts);
    }

    /** Such as {@code academic, 1 Dec 2026 to 31 May 2027}. */
    public static String term(LicenseSpec spec) {
        return LicenseSpec.word(spec.user()) + ", "
                + (spec.period() == LicenseSpec.Period.RANGE
                        ? DAY.format(spec.start()) + " to " + DAY.format(spec.end())
                        : LicenseSpec.word(spec.period()) + ", renews itself");
    }

    /** Such as {@code 45 seconds}, {@code 12 minutes}, {@code 4 h 13 min}. */
    public static String duration(long seconds) {
        Duration time = Duration.ofSeconds(seconds);
        if (seconds < 120) {
            return count(seconds, "second");
        }
        return time.toHours() == 0
                ? count(time.toMinutes(), "minute")
                : time.toHours() + " h " + time.toMinutesPart() + " min";
    }

    /** Such as {@code 1,645.50}. */
    public static String money(long cents) {
        return String.format(
                Locale.ENGLISH, "%s%,d.%02d", cents < 0 ? "-" : "", Math.abs(cents) / 100, Math.abs(cents) % 100);
    }

    public static String money(BigDecimal usd) {
        return money(usd.movePointRight(2).setScale(0, RoundingMode.HALF_UP).longValueExact());
    }

    /** Whole dollars, for an axis. */
    public static String dollars(long cents) {
        return number(cents / 100);
    }

    public static String number(long number) {
        return String.format(Locale.ENGLISH, "%,d", number);
    }

    public static String day(LocalDate day) {
        return DAY.format(day.atStartOfDay(ZoneOffset.UTC));
    }

    public static String month(YearMonth month) {
        return MONTH.format(month);
    }

    /** Who did it, without the way they came. */
    public static String person(String actor) {
        return actor.replaceFirst("^http:", "");
    }

    /** Such as {@code 1 order}, {@code 12 orders}. */
    public static String count(long number, String noun) {
        return number + " " + noun + (number == 1 ? "" : "s");
    }
}
