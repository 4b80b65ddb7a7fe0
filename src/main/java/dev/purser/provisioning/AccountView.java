package dev.purser.provisioning;

import dev.purser.budget.Room;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A purchasing account as people read it.
 *
 * @param accountId null until CoCalc has told whose key it is
 * @param balance in USD as CoCalc printed it last
 * @param pauseReason why it is paused, or what is wrong just now
 */
public record AccountView(
        String name,
        @Nullable UUID accountId,
        @Nullable BigDecimal balance,
        boolean paused,
        @Nullable String pauseReason,
        @Nullable Room room,
        List<Window> throttle,
        @Nullable String leaseHolder,
        @Nullable Long fence,
        @Nullable Instant leaseUntil) {

    /**
     * @param limit requests that it takes; null where CoCalc sets no limit
     * @param left requests that may still be sent in it now, else null
     */
    public record Window(
            String endpoint,
            String window,
            @Nullable Integer limit,
            @Nullable Integer left) {

        static final String ADDITIONS = "shopping/cart/add";
        static final String LEDGER = "purchases/get-purchases";

        /** What decides how fast is bought. */
        public boolean isForAdditions() {
            return endpoint.equals(ADDITIONS);
        }
    }
}
