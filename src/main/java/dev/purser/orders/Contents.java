package dev.purser.orders;

import dev.purser.kernel.LicenseSpec;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** What two submissions must share to be the same order: a hash over everything the partner asked for. */
final class Contents {

    private Contents() {}

    static String hash(Submission order) {
        LicenseSpec license = order.license();
        StringBuilder text = new StringBuilder();
        for (Object part : new @Nullable Object[] {
            order.accountId(),
            order.projectId(),
            order.campaign(),
            order.maxCost(),
            license.user(),
            license.runLimit(),
            license.ram(),
            license.cpu(),
            license.disk(),
            license.member(),
            license.uptime(),
            license.boost(),
            license.period(),
            license.start(),
            license.end(),
            license.title(),
            license.description()
        }) {
            // The length in front keeps ("ab", "c") and ("a", "bc") apart.
            String value = part == null ? "" : part.toString();
            text.append(part == null ? -1 : value.length()).append(':').append(value);
        }
        try {
            byte[] hash =
                    MessageDigest.getInstance("SHA-256").digest(text.toString().getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
