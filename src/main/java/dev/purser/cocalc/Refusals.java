package dev.purser.cocalc;

import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * CoCalc's error texts as they were recorded, in the order in which they are tried. What is in no list stays
 * {@link Refusal#UNLISTED}: what it means is not known. A whole text must match, so that a longer one is not taken for it.
 */
final class Refusals {

    private static final Pattern THROTTLED =
            Pattern.compile("too many requests to \\S+; try again in (\\d{1,7}) seconds? \\(rule: .*\\)");

    /**
     * Said to a bad key, and word for word the same to a good one while CoCalc's database is down. The text about admins and
     * partners is said to accounts that are no partner, too; one cannot be told from the other, so it must not reject an order.
     */
    private static final List<Pattern> NOT_SIGNED_IN = patterns(
            "must be signed in",
            "must be signed in to use shopping cart",
            "must be signed in to get shopping cart information",
            "must be signed in as a manager of the license",
            "must be authenticated",
            "you must be an admin or partner to get the email address of any account_id",
            "FATAL: anonymous (get|set) queries not allowed for table '.*'");

    private record Listed(Refusal refusal, List<Pattern> texts) {}

    /** Only where the cart is priced: there they speak of an item, since the request has no parameters. */
    private static final List<Listed> OF_THE_CART = List.of(
            new Listed(
                    Refusal.INSUFFICIENT_CREDIT,
                    patterns(
                            "Insufficient credit on your account to complete the purchase \\(you need \\$[-0-9,.]+\\)\\..*")),
            new Listed(
                    Refusal.BAD_ITEM,
                    patterns(
                            "bug cost must not be null",
                            "Cannot read properties of null \\(reading 'type'\\)",
                            "unknown user .*",
                            "\\[DecimalError] Invalid argument: .*",
                            "computing cost of item of type .* is deprecated",
                            "Cannot destructure property 'type' of 'info' as it is undefined\\.",
                            "field \"custom_\\w+\" .*",
                            "invalid input syntax for type \\w+: \".*\"",
                            "invalid subscription cost=.*",
                            "Voucher code creation is temporarily disabled\\. Please contact support\\.")),
            new Listed(Refusal.FORBIDDEN, patterns("reCaptcha token must be provided")));

    private static final List<Listed> ELSEWHERE = List.of(
            new Listed(
                    Refusal.DATABASE_DOWN,
                    patterns(
                            "connect (ECONNREFUSED|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH) .*",
                            "getaddrinfo (ENOTFOUND|EAI_AGAIN) .*")),
            new Listed(
                    Refusal.FORBIDDEN,
                    patterns(
                            "user must be a manager of the license to change it",
                            "signed in user must be a manager of the license",
                            "You are not the manager of any license with subscription id=.*",
                            "must be a collaborator to stop project",
                            "must be signed in as a collaborator on the project",
                            "FATAL: user must be an admin",
                            "FATAL: you do not have read access to this project -- .*")),
            new Listed(
                    Refusal.NOT_FOUND,
                    patterns(
                            "no item with id .*",
                            "no license with id .*",
                            "no voucher with id .*",
                            "FATAL: get queries not allowed for table '.*'")),
            new Listed(
                    Refusal.BAD_REQUEST,
                    patterns(
                            "invalid input syntax for type .*",
                            "unsupported Unicode escape sequence",
                            "date/time field value out of range: .*",
                            "Invalid time value",
                            "(LIMIT|OFFSET) must not be negative",
                            "limit must be specified and at most 500",
                            "if id isn't specified then the product must be set",
                            "license_id or subscription_id must be specified",
                            "(license_id|project_id) must be a valid uuid",
                            "invalid account_id or project_id -- all must be valid uuid's",
                            "path must be specified and end in \\.tex",
                            "Cannot read properties of undefined \\(reading 'undefined'\\)",
                            "FATAL: user get query not allowed for .*",
                            "FATAL: must specify exactly one key in the query",
                            "FATAL: invalid user_query of .*")));

    private Refusals() {}

    static <T> Answer<T> read(Endpoint endpoint, String text) {
        Matcher throttled = THROTTLED.matcher(text);
        if (throttled.matches()) {
            return new Answer.Throttled<>(Duration.ofSeconds(Long.parseLong(throttled.group(1))));
        }
        if (isIn(NOT_SIGNED_IN, text)) {
            return new Answer.NotSignedIn<>(text);
        }
        // A database that goes away during a checkout may go after the commit, so at a checkout no text of it is
        // listed.
        Refusal listed = find(endpoint.pricesTheCart() ? OF_THE_CART : ELSEWHERE, text);
        if (listed == null && endpoint == Endpoint.CHECKOUT_PARAMS) {
            listed = find(ELSEWHERE, text);
        }
        return new Answer.Refused<>(listed == null ? Refusal.UNLISTED : listed, text);
    }

    private static @Nullable Refusal find(List<Listed> lists, String text) {
        for (Listed listed : lists) {
            if (isIn(listed.texts(), text)) {
                return listed.refusal();
            }
        }
        return null;
    }

    private static boolean isIn(List<Pattern> texts, String text) {
        return texts.stream().anyMatch(pattern -> pattern.matcher(text).matches());
    }

    private static List<Pattern> patterns(String... texts) {
        return List.of(texts).stream()
                .map(text -> Pattern.compile(text, Pattern.DOTALL))
                .toList();
    }
}
