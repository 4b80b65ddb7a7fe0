package dev.purser.budget;

import dev.purser.kernel.Money;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What is about to be spent and is not reserved yet. @param campaigns the parts of the total that are spent for a campaign */
public record Planned(Money total, Map<String, Money> campaigns) {

    public static final Planned NOTHING = new Planned(Money.ZERO, Map.of());

    public static Planned of(Collection<Ask> asks) {
        Planned planned = NOTHING;
        for (Ask ask : asks) {
            planned = planned.plus(ask);
        }
        return planned;
    }

    public Planned plus(Ask ask) {
        String campaign = ask.campaign();
        if (campaign == null) {
            return new Planned(total.plus(ask.amount()), campaigns);
        }
        Map<String, Money> more = new HashMap<>(campaigns);
        more.merge(campaign, ask.amount(), Money::plus);
        return new Planned(total.plus(ask.amount()), Map.copyOf(more));
    }

    Money of(@Nullable String campaign) {
        return campaign == null ? Money.ZERO : campaigns.getOrDefault(campaign, Money.ZERO);
    }
}
