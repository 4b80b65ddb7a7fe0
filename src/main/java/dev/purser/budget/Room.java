package dev.purser.budget;

import dev.purser.kernel.Money;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What one purchasing account may still spend. An open reservation counts in every period since it was written, a
 * purchase in the period of its ledger time.
 */
public record Room(@Nullable Money perOrder, Use day, Use month) {

    /** @param limit null where none is set */
    public record Use(@Nullable Money limit, Money reserved, Money spent) {

        boolean lacks(Money amount) {
            return limit != null && reserved.plus(spent).plus(amount).isMoreThan(limit);
        }

        String says(Money amount) {
            return spent + " USD spent and " + reserved + " USD reserved of " + limit + " USD leave no room for "
                    + amount + " USD";
        }
    }

    /** Why an amount may not be spent. @param code for programs, {@code message} for people */
    public record Objection(String code, String message) {

        /** True when the same order might fit another account, another day or a raised limit. */
        public boolean dependsOnAccount() {
            return code.equals(OVER_DAY) || code.equals(OVER_MONTH);
        }
    }

    public static final String NO_BUDGET = "no_budget";
    public static final String OVER_ORDER = "over_order_budget";
    public static final String OVER_DAY = "over_day_budget";
    public static final String OVER_MONTH = "over_month_budget";

    /** Without any limit nothing is bought. */
    public boolean isLimited() {
        return perOrder != null || day.limit() != null || month.limit() != null;
    }

    /** @param planned what is about to be spent beside this order and is not reserved yet */
    public Optional<Objection> objectionTo(Money amount, Money planned) {
        if (!isLimited()) {
            return Optional.of(new Objection(
                    NO_BUDGET,
                    "no budget is set, so nothing is bought; set PURSER_BUDGET_PER_ORDER, _PER_DAY or _PER_MONTH"));
        }
        if (perOrder != null && amount.isMoreThan(perOrder)) {
            return Optional.of(
                    new Objection(OVER_ORDER, amount + " USD is over the limit of " + perOrder + " USD for one order"));
        }
        if (day.lacks(amount.plus(planned))) {
            return Optional.of(new Objection(OVER_DAY, "day limit: " + day.says(amount.plus(planned))));
        }
        if (month.lacks(amount.plus(planned))) {
            return Optional.of(new Objection(OVER_MONTH, "month limit: " + month.says(amount.plus(planned))));
        }
        return Optional.empty();
    }
}
