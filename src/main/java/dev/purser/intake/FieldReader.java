package dev.purser.intake;

import dev.purser.kernel.LicenseSpec;
import dev.purser.kernel.Money;
import dev.purser.kernel.OrderId;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads a form's fields as the things they stand for; what does not fit is noted with what would, and read as null. */
final class FieldReader {

    private static final String ORDER_ID = "1 to 128 of A-Z a-z 0-9 . _ : / -";
    private static final Pattern UUID_SHAPE =
            Pattern.compile("[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}");
    private static final BigDecimal DEAREST = new BigDecimal("1000000");

    private final Fields fields;

    FieldReader(Fields fields) {
        this.fields = fields;
    }

    <T> @Nullable T required(String name, @Nullable T value, String hint) {
        if (value == null && !fields.isWrong(name)) {
            fields.wrong(name, "is required: " + hint);
        }
        return value;
    }

    @Nullable
    OrderId orderId(String name) {
        String text = required(name, fields.text(name), ORDER_ID);
        if (text == null) {
            return null;
        }
        OrderId id = OrderId.parse(text).orElse(null);
        if (id == null) {
            fields.wrong(name, "must be " + ORDER_ID);
        }
        return id;
    }

    @Nullable
    UUID uuid(String name) {
        String text = fields.text(name);
        if (text == null) {
            return null;
        }
        if (!UUID_SHAPE.matcher(text).matches()) {
            fields.wrong(name, "must be a UUID such as 3f1c2a44-0b5e-4c1d-9a77-5d2e8f601b23");
            return null;
        }
        return UUID.fromString(text);
    }

    <E extends Enum<E>> @Nullable E word(String name, E[] allowed) {
        String hint = Arrays.stream(allowed).map(LicenseSpec::word).collect(Collectors.joining(", "));
        String word = required(name, fields.word(name), "one of " + hint);
        if (word == null) {
            return null;
        }
        for (E constant : allowed) {
            if (LicenseSpec.word(constant).equals(word)) {
                return constant;
            }
        }
        fields.wrong(name, "must be one of " + hint);
        return null;
    }

    @Nullable
    Integer whole(String name, int most) {
        String hint = "a whole number from 1 to " + most;
        BigDecimal number = required(name, fields.number(name), hint);
        if (number == null) {
            return null;
        }
        boolean inside = number.compareTo(BigDecimal.ONE) >= 0 && number.compareTo(BigDecimal.valueOf(most)) <= 0;
        if (!inside || number.stripTrailingZeros().scale() > 0) {
            fields.wrong(name, "must be " + hint);
            return null;
        }
        return number.intValueExact();
    }

    @Nullable
    Money usd(String name) {
        BigDecimal amount = fields.money(name);
        if (amount == null) {
            return null;
        }
        boolean inside = amount.signum() > 0 && amount.compareTo(DEAREST) <= 0;
        if (!inside || amount.stripTrailingZeros().scale() > 2) {
            fields.wrong(name, "must be an amount in USD above 0, at most " + DEAREST + ", with at most two decimals");
            return null;
        }
        return new Money(amount);
    }

    @Nullable
    String freeText(String name, int longest) {
        String text = fields.text(name);
        if (text == null) {
            return null;
        }
        if (text.codePointCount(0, text.length()) > longest) {
            fields.wrong(name, "must have at most " + longest + " characters");
        }
        // A lone surrogate or a NUL makes CoCalc's database refuse the item.
        if (text.codePoints().anyMatch(c -> c == 0 || Character.getType(c) == Character.SURROGATE)) {
            fields.wrong(name, "must have no NUL character and no half of a surrogate pair");
        }
        return text;
    }

    @Nullable
    String printable(String name, int longest) {
        String text = fields.text(name);
        if (text != null && (text.length() > longest || text.codePoints().anyMatch(FieldReader::isUnprintable))) {
            fields.wrong(name, "must have at most " + longest + " characters, all printable");
        }
        return text;
    }

    private static boolean isUnprintable(int c) {
        return Character.isISOControl(c) || Character.getType(c) == Character.SURROGATE || !Character.isDefined(c);
    }
}
