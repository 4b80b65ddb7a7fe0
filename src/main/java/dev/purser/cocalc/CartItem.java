package dev.purser.cocalc;

import dev.purser.kernel.LicenseSpec;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One item of a purchasing account's cart, live or bought, as {@code shopping/cart/get} shows it.
 *
 * @param checked whether a checkout buys it; CoCalc's {@code null} reads as false
 * @param spec the license it describes, whole text of the description included; empty where it is no license that we could have written
 * @param description the free text as it stands, null where there is none
 * @param purchased how it was bought, or null
 */
public record CartItem(
        long id,
        @Nullable Instant added,
        boolean checked,
        String product,
        Optional<LicenseSpec> spec,
        @Nullable String description,
        @Nullable UUID projectId,
        @Nullable Purchased purchased) {

    /** The product that Purser buys. */
    public static final String SITE_LICENSE = "site-license";

    /**
     * @param success true when a license was made; false for an item that waits for a card payment
     * @param time when CoCalc says that it was bought
     */
    public record Purchased(
            @Nullable Instant time,
            boolean success,
            @Nullable UUID licenseId) {}

    /** Without the texts of whoever put it there, which end up in logs otherwise. */
    @Override
    public String toString() {
        return "item " + id + (checked ? " ticked" : "") + (purchased == null ? "" : " " + purchased);
    }

    public Optional<UUID> boughtLicense() {
        return purchased != null && purchased.success() ? Optional.ofNullable(purchased.licenseId()) : Optional.empty();
    }
}
