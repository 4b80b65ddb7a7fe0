package dev.purser.cocalc;

import com.fasterxml.jackson.databind.JsonNode;
import dev.purser.kernel.Email;
import dev.purser.kernel.LicenseSpec;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
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

    /** What renews itself, newest first, the cancelled ones too. */
    Answer<List<Subscription>> subscriptions(int limit);

    /** Makes exactly these accounts the managers of a license; the buyer must be among them. */
    Answer<Boolean> setManagers(UUID licenseId, List<UUID> managers);

    /** A query in CoCalc's own form, for automation: one that leaves no field null changes something. */
    Answer<JsonNode> userQuery(JsonNode query);

    /** Stops a project of which this account is a collaborator; one that does not run stays as it is. */
    Answer<Boolean> stopProject(UUID projectId);

    /** Compiles LaTeX in a project, and waits for it as long as it may take on top of the time-out. */
    Answer<Compiled> latex(LatexJob job);

    /** @param email null when the account has none */
    record Identity(UUID accountId, @Nullable Email email) {}

    /** The three things CoCalc says about an account's email. */
    record EmailAddress(boolean accountExists, Optional<Email> email) {}

    /** @param raw the whole record as CoCalc sent it */
    record License(
            UUID id, @Nullable String title, @Nullable String description, List<UUID> managers, JsonNode raw) {}

    /**
     * A license that renews itself.
     *
     * @param licenseId null for one of another kind
     * @param status {@code active} or another word
     * @param interval {@code month} or {@code year}
     * @param paidUntil the end of the current period
     */
    record Subscription(
            long id, @Nullable UUID licenseId, String status, String interval, BigDecimal cost, Instant paidUntil) {}

    /** One page of the ledger, newest first. @param lines the raw lines; reconciliation reads them */
    record LedgerPage(List<JsonNode> lines, @Nullable BigDecimal balance) {}

    /**
     * @param path of the {@code .tex} file in the project; below {@code /tmp} CoCalc cleans up afterwards
     * @param content written to it first; null where it is there already
     * @param projectId null for the account's most recent project
     * @param command the shell command that makes the PDF; null for CoCalc's own
     * @param limit how long the command may run
     */
    record LatexJob(
            String path,
            @Nullable String content,
            @Nullable UUID projectId,
            @Nullable String command,
            Duration limit) {

        /** Without the document. */
        @Override
        public String toString() {
            return "LaTeX at " + path;
        }
    }

    /**
     * What a compile came to.
     *
     * @param url where the PDF is, for an hour; null when there is none. One may be there although the compile failed: an older one
     * @param log what the compiler printed
     * @param problem why no PDF could be read, in CoCalc's words
     */
    record Compiled(
            @Nullable String url,
            @Nullable Integer exitCode,
            String log,
            @Nullable String problem) {

        /** Without the log, which repeats lines of the document. */
        @Override
        public String toString() {
            return "compile that ended with " + exitCode;
        }
    }

    /** @param limit 1 to 500 */
    record LedgerQuery(
            int limit,
            int offset,
            @Nullable String cutoff,
            @Nullable String service,
            boolean grouped) {}
}
