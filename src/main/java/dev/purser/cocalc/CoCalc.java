package dev.purser.cocalc;

import com.fasterxml.jackson.databind.JsonNode;
import dev.purser.kernel.Email;
import dev.purser.kernel.LicenseSpec;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * CoCalc as one purchasing account sees it. Each method asks once, waits no longer than the time-out, and never throws for
 * what CoCalc or the network does. Source of every shape: the recorded exchanges of the real implementation.
 */
public interface CoCalc {

    /**
     * Whose the key is, by {@code user-query} on {@code accounts}: tells an empty answer from a revoked key. A key that belongs to
     * no account, as that of a project, is {@link Refusal#NO_ACCOUNT}.
     */
    Answer<Identity> identity();

    Answer<EmailAddress> emailAddress(UUID account);

    /** Adds one license to the cart, ticked. {@code Done} says that one row was inserted; the item's id must be read from the cart. */
    Answer<Integer> addToCart(LicenseSpec spec, String description, @Nullable UUID projectId);

    /** The live items, newest first. Looking shortens ranges that have started (a CoCalc fact). */
    Answer<List<CartItem>> cart();

    Answer<CartItem> cartItem(long id);

    /** Everything that was ever bought through the cart; for a start with no recorded look. */
    Answer<List<CartItem>> everPurchased();

    Answer<List<CartItem>> recentPurchases(Duration window);

    /** Ticks or unticks one live item; answers how many changed. */
    Answer<Integer> tick(long itemId, boolean checked);

    Answer<Integer> untickAll();

    /** Takes an item out of the cart, reversibly; 1 when it was live, 0 when it was not (removed, bought, unknown). */
    Answer<Integer> remove(long itemId);

    /** Replaces a live item's whole description; not throttled. */
    Answer<Integer> edit(long itemId, LicenseSpec spec, String description);

    /** What a checkout would buy now. Cannot buy. */
    Answer<Quote> quote();

    /** Buys every ticked item. {@code Done} proves nothing: an empty cart is a success, too. */
    Answer<Boolean> checkout();

    Answer<LedgerPage> purchases(LedgerQuery query);

    /** In USD, about six significant digits. */
    Answer<BigDecimal> balance();

    /** Newest first; {@code limit} 0 asks for all. */
    Answer<List<License>> managedLicenses(int limit, int skip);

    Answer<License> license(UUID licenseId);

    /** Makes exactly these accounts the managers of a license; the buyer must be among them. */
    Answer<Boolean> setManagers(UUID licenseId, List<UUID> managers);

    /** A read query in CoCalc's own form, for automation. */
    Answer<JsonNode> userQuery(JsonNode query);

    /** @param email null when the account has none */
    record Identity(UUID accountId, @Nullable Email email) {}

    /** The three things CoCalc says about an account's email. */
    record EmailAddress(boolean accountExists, Optional<Email> email) {}

    /** @param raw the whole record as CoCalc sent it */
    record License(
            UUID id, @Nullable String title, @Nullable String description, List<UUID> managers, JsonNode raw) {}

    /** One page of the ledger, newest first. @param lines the raw lines; reconciliation reads them */
    record LedgerPage(List<JsonNode> lines, @Nullable BigDecimal balance) {}

    /** @param limit 1 to 500 */
    record LedgerQuery(
            int limit,
            int offset,
            @Nullable String cutoff,
            @Nullable String service,
            boolean grouped) {}
}
