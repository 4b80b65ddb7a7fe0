package dev.purser.automation;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Times and amounts as CoCalc tells them, in the contract's form; null where they are of another form. Never throws. */
final class Told {

    private static final long YEAR_9999 = 253_402_300_799L;
    private static final int MOST_DIGITS = 15;

    private Told() {}

    static @Nullable Instant instant(JsonNode json) {
        if (json.isNumber()) {
            return instant(json.doubleValue() / 1000);
        }
        try {
            return json.isTextual() ? Instant.parse(json.textValue()) : null;
        } catch (DateTimeException other) {
            return null;
        }
    }

    /** Epoch seconds with fractions, as a file's mtime is. */
    static @Nullable String seconds(JsonNode json) {
        Instant time = json.isNumber() ? instant(json.doubleValue()) : null;
        return time == null ? null : time.toString();
    }

    private static @Nullable Instant instant(double seconds) {
        return seconds >= 0 && seconds <= YEAR_9999 ? Instant.ofEpochMilli(Math.round(seconds * 1000)) : null;
    }

    /** Epoch milliseconds or ISO text. */
    static @Nullable String time(JsonNode json) {
        Instant time = instant(json);
        return time == null ? null : time.toString();
    }

    /** A 4-byte real at CoCalc: the cent is what was meant. */
    static @Nullable String usd(JsonNode json) {
        return json.isNumber() ? usd(json.decimalValue()) : null;
    }

    static @Nullable String usd(@Nullable BigDecimal amount) {
        if (amount == null || amount.scale() > 100 || (long) amount.precision() - amount.scale() > MOST_DIGITS) {
            return null;
        }
        return amount.setScale(2, RoundingMode.HALF_EVEN).toPlainString();
    }
}
