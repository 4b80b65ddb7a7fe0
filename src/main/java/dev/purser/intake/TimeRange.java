package dev.purser.intake;

import dev.purser.kernel.LicenseSpec;
import dev.purser.kernel.LicenseSpec.Period;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoField;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * When a license begins and ends. CoCalc sells a reversed or a very short range as one hour, and keeps milliseconds; so a range
 * has at least an hour left, and is cut to milliseconds.
 */
record TimeRange(@Nullable Instant start, @Nullable Instant end) {

    private static final TimeRange NONE = new TimeRange(null, null);
    private static final Duration SHORTEST = Duration.ofHours(1);
    /** A mistyped year is more likely than a longer license. */
    private static final Duration LONGEST = Duration.ofDays(3_660);

    private static final int LONGEST_TEXT = 40;
    private static final DateTimeFormatter FORMAT = new DateTimeFormatterBuilder()
            .appendPattern("uuuu-MM-dd")
            .optionalStart()
            .appendPattern("'T'HH:mm[:ss]")
            .optionalStart()
            .appendFraction(ChronoField.NANO_OF_SECOND, 1, 9, true)
            .optionalEnd()
            .appendPattern("[XXX][XX][X]")
            .optionalEnd()
            .toFormatter(Locale.ROOT)
            .withResolverStyle(ResolverStyle.STRICT);

    static TimeRange check(Fields fields, @Nullable Period period, Instant now) {
        if (period != null && period != Period.RANGE) {
            refuse(fields, "start", period);
            refuse(fields, "end", period);
            return NONE;
        }
        TimeRange range = new TimeRange(instant(fields, "start"), instant(fields, "end"));
        if (period == Period.RANGE) {
            require(fields, "start", range.start);
            require(fields, "end", range.end);
        }
        if (range.start != null && range.end != null) {
            check(fields, range.start, range.end, now);
        }
        return range;
    }

    private static void check(Fields fields, Instant start, Instant end, Instant now) {
        if (!end.isAfter(start)) {
            fields.wrong("end", "must be after start");
        } else if (end.isBefore(start.plus(SHORTEST))) {
            fields.wrong("end", "must be at least one hour after start; CoCalc would sell an hour anyway");
        } else if (end.isBefore(now.plus(SHORTEST))) {
            fields.wrong("end", "must lie in the future, by at least one hour");
        } else if (Duration.between(start, end).compareTo(LONGEST) > 0
                || Duration.between(now, end).compareTo(LONGEST) > 0) {
            fields.wrong("end", "must be at most ten years after start and after today");
        }
    }

    private static void refuse(Fields fields, String name, Period period) {
        if (fields.text(name) != null) {
            fields.wrong(
                    name,
                    "must be empty when period is " + LicenseSpec.word(period)
                            + ": CoCalc starts a subscription at once and would ignore it");
        }
    }

    private static void require(Fields fields, String name, @Nullable Instant value) {
        if (value == null && !fields.isWrong(name)) {
            fields.wrong(
                    name,
                    "is required when period is range: a date or time such as 2026-12-01 or 2026-12-01T08:00:00Z");
        }
    }

    /** A date is its midnight, and a time without an offset is UTC. */
    private static @Nullable Instant instant(Fields fields, String name) {
        String text = fields.text(name);
        if (text == null) {
            return null;
        }
        try {
            if (text.length() <= LONGEST_TEXT) {
                return parse(text).truncatedTo(ChronoUnit.MILLIS);
            }
        } catch (DateTimeException noTime) {
            // Said below, as for a text that is too long.
        }
        fields.wrong(name, "must be an ISO 8601 date or time such as 2026-12-01 or 2026-12-01T08:00:00Z");
        return null;
    }

    private static Instant parse(String text) {
        var parsed = FORMAT.parseBest(text, OffsetDateTime::from, LocalDateTime::from, LocalDate::from);
        if (parsed instanceof OffsetDateTime time) {
            return time.toInstant();
        }
        if (parsed instanceof LocalDateTime time) {
            return time.toInstant(ZoneOffset.UTC);
        }
        return ((LocalDate) parsed).atStartOfDay(ZoneOffset.UTC).toInstant();
    }
}
