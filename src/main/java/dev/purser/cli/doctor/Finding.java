package dev.purser.cli.doctor;

import org.jspecify.annotations.Nullable;

/**
 * One thing that was looked at.
 *
 * @param area for example {@code database}
 * @param says what was found, for a person
 * @param todo what to do about it; null where nothing is wrong
 */
public record Finding(
        String area, Level level, String says, @Nullable String todo) {

    /** MISCONFIGURED and FAIL keep Purser from working; only the former ends with another configuration. */
    public enum Level {
        OK,
        WARN,
        FAIL,
        MISCONFIGURED;

        /** As people and programs read it. */
        public String word() {
            return this == MISCONFIGURED ? "fail" : name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    static Finding ok(String area, String says) {
        return new Finding(area, Level.OK, says, null);
    }

    static Finding warn(String area, String says, String todo) {
        return new Finding(area, Level.WARN, says, todo);
    }

    static Finding fail(String area, String says, String todo) {
        return new Finding(area, Level.FAIL, says, todo);
    }

    static Finding misconfigured(String area, String says, String todo) {
        return new Finding(area, Level.MISCONFIGURED, says, todo);
    }
}
