package dev.purser.automation;

import io.quarkus.runtime.Startup;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.microprofile.config.Config;

/**
 * Commands that the clock sends: {@code PURSER_SCHEDULES_<NAME>_CRON}, {@code _VERB} and {@code _DATA}. Every instance looks at the
 * clock, and the database takes the first that sends. What was due while no instance ran is not made up for.
 */
@Singleton
@Startup
public class Schedules {

    private static final Pattern VARIABLE = Pattern.compile("PURSER_SCHEDULES_(.+)_(CRON|VERB|DATA)");
    private static final Pattern PROPERTY = Pattern.compile("purser\\.schedules\\.(.+)\\.(cron|verb|data)");

    /** A machine that slept, or whose clock was set, does not send a day's commands at once. */
    private static final Duration LONGEST_LOOK_BACK = Duration.ofMinutes(10);

    private final Commands commands;
    private final Clock clock;
    private final List<Schedule> schedules;
    private Instant looked;

    @Inject
    Schedules(Config config, Commands commands, Clock clock) {
        this.commands = commands;
        this.clock = clock;
        this.schedules = read(config);
        this.looked = clock.instant();
    }

    static List<Schedule> read(Config config) {
        Map<String, Map<String, String>> parts = new TreeMap<>();
        for (String property : config.getPropertyNames()) {
            Matcher matcher = VARIABLE.matcher(property);
            if (matcher.matches() || (matcher = PROPERTY.matcher(property)).matches()) {
                String name = matcher.group(1)
                        .replace("\"", "")
                        .toLowerCase(Locale.ROOT)
                        .replaceAll("[^a-z0-9]", "_");
                String part = matcher.group(2).toLowerCase(Locale.ROOT);
                config.getOptionalValue(property, String.class)
                        .ifPresent(value -> parts.computeIfAbsent(name, key -> new TreeMap<>())
                                .put(part, value));
            }
        }
        return parts.entrySet().stream()
                .map(each -> Schedule.of(
                        each.getKey(),
                        needed(each.getKey(), "cron", each.getValue()),
                        needed(each.getKey(), "verb", each.getValue()),
                        each.getValue().getOrDefault("data", "{}")))
                .toList();
    }

    private static String needed(String name, String part, Map<String, String> parts) {
        String value = parts.get(part);
        if (value == null) {
            throw new IllegalArgumentException("PURSER_SCHEDULES_" + (name + "_" + part).toUpperCase(Locale.ROOT)
                    + " is not set: a schedule needs" + " _CRON and _VERB, and mostly _DATA");
        }
        return value;
    }

    /** Called by the clock: sends what has become due since the last look. Where that fails, the next look sends it. */
    public synchronized void fire() {
        Instant now = clock.instant();
        Instant earliest = now.minus(LONGEST_LOOK_BACK);
        Instant from = looked.isBefore(earliest) ? earliest : looked;
        List<Request> due = schedules.stream()
                .flatMap(schedule -> schedule.between(from, now).stream().map(schedule::at))
                .toList();
        if (!due.isEmpty()) {
            commands.accept(due);
        }
        looked = now;
    }
}
