package dev.purser.cli.doctor;

import dev.purser.cli.settings.Settings;
import io.quarkus.runtime.configuration.DurationConverter;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The settings that an operator may have, and what each must look like. */
enum Known {
    PURSER_KAFKA_ENABLED(Kind.FLAG),
    PURSER_COCALC_URL(Kind.TEXT),
    PURSER_COCALC_TIMEOUT(Kind.DURATION),
    PURSER_COCALC_LONGEST_REQUEST(Kind.DURATION, "purser.cocalc.longest-request"),
    PURSER_COCALC_DIALECT(Kind.DIALECT),
    PURSER_BUDGET_PER_ORDER(Kind.USD, "purser.budget.per-order"),
    PURSER_BUDGET_PER_DAY(Kind.USD, "purser.budget.per-day"),
    PURSER_BUDGET_PER_MONTH(Kind.USD, "purser.budget.per-month"),
    PURSER_BUDGET_PER_CAMPAIGN(Kind.USD, "purser.budget.per-campaign"),
    PURSER_APPROVAL_ABOVE(Kind.USD, "purser.approval-above"),
    PURSER_DROP_URI(Kind.TEXT, "purser.drop-uri"),
    PURSER_INSTANCE(Kind.TEXT),
    PURSER_BATCH(Kind.WHOLE),
    PURSER_LEASE(Kind.DURATION),
    PURSER_THROTTLE(Kind.TEXT),
    PURSER_UNKNOWN_PARK_AFTER(Kind.DURATION, "purser.unknown.park-after"),
    PURSER_HANDOVER(Kind.TEXT),
    PURSER_EMAIL(Kind.EMAIL),
    PURSER_SUBSCRIPTIONS(Kind.FLAG),
    PURSER_OUTCOMES_INCLUDE_EMAIL(Kind.FLAG, "purser.outcomes.include-email"),
    PURSER_RECONCILIATION_CRON(Kind.TEXT),
    PURSER_RECONCILIATION_GRACE(Kind.DURATION),
    PURSER_COMMANDS_TTL(Kind.DURATION),
    PURSER_USER_QUERY_WRITES(Kind.FLAG, "purser.user-query.writes"),
    PURSER_EVENTS_MODE(Kind.EVENTS, "purser.events-mode"),
    PURSER_API_TOKENS_FILE(Kind.TEXT, "purser.api.tokens-file"),
    PURSER_API_TOKEN(Kind.TEXT),
    PURSER_FAILPOINT(Kind.TEXT),
    PURSER_FAILPOINT_IN_PRODUCTION(Kind.FLAG, "purser.failpoint-in-production"),
    PURSER_DEMO_EXIT(Kind.FLAG),
    PURSER_DEMO_SAMPLES(Kind.FLAG),
    PURSER_EMBEDDED_POSTGRES_PORT(Kind.WHOLE),
    PURSER_EMBEDDED_KAFKA_PORT(Kind.WHOLE),
    PURSER_SANDBOX_PORT(Kind.WHOLE),
    QUARKUS_HTTP_PORT(Kind.WHOLE);

    private final Kind kind;
    private final String property;

    Known(Kind kind) {
        this.kind = kind;
        this.property = name().toLowerCase(Locale.ROOT).replace('_', '.');
    }

    Known(Kind kind, String property) {
        this.kind = kind;
        this.property = property;
    }

    Kind kind() {
        return kind;
    }

    String property() {
        return property;
    }

    String variable() {
        return Settings.variable(property);
    }

    static List<String> variables() {
        return Arrays.stream(values()).map(Known::variable).toList();
    }

    /** What a value must look like. */
    enum Kind {
        TEXT("anything") {
            @Override
            boolean takes(String value) {
                return true;
            }
        },
        FLAG("true or false") {
            @Override
            boolean takes(String value) {
                return value.matches("(?i)true|false|yes|no|on|off|y|n|t|f|1|0");
            }
        },
        WHOLE("a whole number") {
            @Override
            boolean takes(String value) {
                return value.matches("[0-9]{1,9}");
            }
        },
        USD("an amount in USD such as 100.00") {
            @Override
            boolean takes(String value) {
                try {
                    return new BigDecimal(value).signum() >= 0;
                } catch (NumberFormatException e) {
                    return false;
                }
            }
        },
        DURATION("a duration such as PT30S") {
            @Override
            boolean takes(String value) {
                try {
                    return !DurationConverter.parseDuration(value).isNegative();
                } catch (IllegalArgumentException e) {
                    return false;
                }
            }
        },
        DIALECT("living, documented or auto") {
            @Override
            boolean takes(String value) {
                return value.matches("(?i)living|documented|auto");
            }
        },
        EVENTS("binary or structured") {
            @Override
            boolean takes(String value) {
                return value.matches("(?i)binary|structured");
            }
        },
        EMAIL("required or optional") {
            @Override
            boolean takes(String value) {
                return value.matches("required|optional");
            }
        };

        private final String must;

        Kind(String must) {
            this.must = must;
        }

        abstract boolean takes(String value);

        /** What it must be instead. */
        Optional<String> objection(String value) {
            return takes(value.strip()) ? Optional.empty() : Optional.of(must);
        }
    }
}
