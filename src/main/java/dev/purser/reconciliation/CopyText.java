package dev.purser.reconciliation;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Ledger lines in the text format of PostgreSQL's COPY. */
final class CopyText {

    static final String COLUMNS = "account_id, id, time, cost, so_far, cents, service, item_id, license_id, order_id,"
            + " other_token, period_start, period_end, raw";

    private CopyText() {}

    static byte[] of(UUID account, List<LedgerEntry> lines) {
        StringBuilder text = new StringBuilder(lines.size() * 2_000);
        for (LedgerEntry line : lines) {
            field(text, account).append('\t');
            field(text, line.id()).append('\t');
            field(text, line.time()).append('\t');
            field(text, plain(line.cost())).append('\t');
            field(text, plain(line.soFar())).append('\t');
            field(text, line.cents()).append('\t');
            field(text, line.service()).append('\t');
            field(text, line.itemId()).append('\t');
            field(text, line.licenseId()).append('\t');
            field(text, line.orderId()).append('\t');
            field(text, line.otherToken()).append('\t');
            field(text, line.periodStart()).append('\t');
            field(text, line.periodEnd()).append('\t');
            field(text, line.raw().replace("\\u0000", "\\ufffd")).append('\n');
        }
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static @Nullable String plain(@Nullable BigDecimal amount) {
        return amount == null ? null : amount.toPlainString();
    }

    private static StringBuilder field(StringBuilder text, @Nullable Object value) {
        if (value == null) {
            return text.append("\\N");
        }
        String field = value.toString();
        int plain = 0;
        for (int i = 0; i < field.length(); i++) {
            char c = field.charAt(i);
            if (c < ' ' || c == '\\') {
                text.append(field, plain, i).append(escaped(c));
                plain = i + 1;
            }
        }
        return text.append(field, plain, field.length());
    }

    private static String escaped(char c) {
        return switch (c) {
            case '\\' -> "\\\\";
            case '\t' -> "\\t";
            case '\n' -> "\\n";
            case '\r' -> "\\r";
            // PostgreSQL's text has none.
            case '\0' -> "\ufffd";
            default -> String.valueOf(c);
        };
    }
}
