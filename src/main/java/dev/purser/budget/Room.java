package dev.purser.budget;

import dev.purser.kernel.Money;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What one purchasing account may still spend. An open reservation counts in every period since it was written, a
 * purchase in the period of its ledger time.
 *
 * @param approvalAbove an order that costs more waits for an approver; null: none does
 * @param campaigns over their whole life and over all purchasing accounts; those that were asked for and are limited
 */
public record Room(
        @Nullable Money perOrder,
        Use day,
        Use month,
        @Nullable Money approvalAbove,
        Map<String, Use> campaigns) {

    public static final String NO_BUDGET = "no_budget";
    public static final String OVER_MAX_COST = "over_max_cost";
    public static final String OVER_ORDER = "over_order_budget";
    public static final String OVER_CAMPAIGN = "over_campaign_budget";
    public static final String NEEDS_APPROVAL = "needs_approval";
    public static final String OVER_DAY = "over_day_budget";
    public static final String OVER_MONTH = "over_month_budget";

    /** Nothing may be spent, and so nothing is. */
    public static final Room NONE = new Room(
            Money.ZERO, new Use(Money.ZERO, Money.ZERO, Money.ZERO), new Use(Money.ZERO, Money.ZERO, Money.ZERO));

    /** Where nothing needs approval, and no campaign is limited. */
    public Room(@Nullable Money perOrder, Use day, Use month) {
        this(perOrder, day, month, null, Map.of());
    }

    /** @param limit null where none is set */
    public record Use(@Nullable Money limit, Money reserved, Money spent) {

        boolean lacks(Money amount) {
            return limit != null && reserved.plus(spent).plus(amount).isMoreThan(limit);
        }

        /** @param before what is about to be spent before it */
        String says(Money amount, Money before) {
            return spent + " USD spent and " + reserved + " USD reserved of " + limit + " USD leave no room for "
                    + amount + " USD"
                    + (before.equals(Money.ZERO) ? "" : " besides the " + before + " USD before it");
        }
    }

    /** Why an amount may not be spent. @param code for programs, {@code message} for people */
    public record Objection(String code, String message) {}

    /** Without any limit nothing is bought. */
    public boolean isLimited() {
        return perOrder != null || day.limit() != null || month.limit() != null;
    }

    /**
     * The first objection; what no waiting lifts comes first, so that nobody approves an order that is held all the same.
     *
     * @param planned what is about to be spent beside this order and is not reserved yet
     */
    public Optional<Objection> objectionTo(Ask ask, Planned planned) {
        Money amount = ask.amount();
        if (ask.maxCost() != null && amount.isMoreThan(ask.maxCost())) {
            return no(OVER_MAX_COST, amount + " USD is over the order's max_cost of " + ask.maxCost() + " USD");
        }
        if (!isLimited()) {
            return no(
                    NO_BUDGET,
                    "no budget is set, so nothing is bought; set PURSER_BUDGET_PER_ORDER, _PER_DAY or _PER_MONTH");
        }
        if (perOrder != null && amount.isMoreThan(perOrder)) {
            return no(OVER_ORDER, amount + " USD is over the limit of " + perOrder + " USD for one order");
        }
        Use campaign = ask.campaign() == null ? null : campaigns.get(ask.campaign());
        Money forCampaign = amount.plus(planned.of(ask.campaign()));
        if (campaign != null && campaign.lacks(forCampaign)) {
            return no(
                    OVER_CAMPAIGN,
                    "limit of campaign " + ask.campaign() + ": " + campaign.says(amount, planned.of(ask.campaign())));
        }
        if (needsApproval(ask)) {
            return no(NEEDS_APPROVAL, approvalOf(ask));
        }
        Money together = amount.plus(planned.total());
        if (day.lacks(together)) {
            return no(OVER_DAY, "day limit: " + day.says(amount, planned.total()));
        }
        if (month.lacks(together)) {
            return no(OVER_MONTH, "month limit: " + month.says(amount, planned.total()));
        }
        return Optional.empty();
    }

    private boolean needsApproval(Ask ask) {
        return approvalAbove != null
                && ask.amount().isMoreThan(approvalAbove)
                && (ask.approved() == null || ask.amount().isMoreThan(ask.approved()));
    }

    private String approvalOf(Ask ask) {
        return ask.amount() + " USD needs approval, as everything above " + approvalAbove + " USD"
                + (ask.approved() == null ? "" : "; it was approved at " + ask.approved() + " USD");
    }

    private static Optional<Objection> no(String code, String message) {
        return Optional.of(new Objection(code, message));
    }
}
