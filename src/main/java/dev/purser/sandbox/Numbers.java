package dev.purser.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.Locale;

/** Numbers as JavaScript and PostgreSQL write them: the shortest digits that read back the same, no trailing zeros. */
final class Numbers {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private Numbers() {}

    static JsonNode js(double value) {
        if (Double.isNaN(value) || Double.isInfinite(value)) {
            return NODES.nullNode();
        }
        return exact(shortest(value));
    }

    static JsonNode js(BigDecimal value) {
        return js(value.doubleValue());
    }

    /** A PostgreSQL real (four bytes) as node-postgres hands it over. */
    static JsonNode real(float value) {
        if (Float.isNaN(value) || Float.isInfinite(value)) {
            return NODES.nullNode();
        }
        BigDecimal digits = new BigDecimal(value);
        for (int precision = 1; precision < 9; precision++) {
            BigDecimal candidate = digits.round(new MathContext(precision, RoundingMode.HALF_EVEN));
            if (candidate.floatValue() == value) {
                return exact(candidate);
            }
        }
        return exact(digits.round(new MathContext(9, RoundingMode.HALF_EVEN)));
    }

    /** {@code real::decimal}, which keeps six significant digits. */
    static float sixDigits(float value) {
        return new BigDecimal(value)
                .round(new MathContext(6, RoundingMode.HALF_EVEN))
                .floatValue();
    }

    static BigDecimal shortest(double value) {
        BigDecimal digits = new BigDecimal(value);
        for (int precision = 1; precision < 17; precision++) {
            BigDecimal candidate = digits.round(new MathContext(precision, RoundingMode.HALF_EVEN));
            if (candidate.doubleValue() == value) {
                return candidate;
            }
        }
        return digits.round(new MathContext(17, RoundingMode.HALF_EVEN));
    }

    static String dollars(double amount) {
        return "$"
                + new DecimalFormat("#,##0.00", DecimalFormatSymbols.getInstance(Locale.ROOT)).format(shortest(amount));
    }

    private static JsonNode exact(BigDecimal value) {
        BigDecimal plain = value.stripTrailingZeros();
        if (plain.scale() <= 0) {
            return plain.precision() - plain.scale() <= 18
                    ? NODES.numberNode(plain.longValueExact())
                    : NODES.numberNode(plain.toBigInteger());
        }
        return NODES.numberNode(plain);
    }
}
