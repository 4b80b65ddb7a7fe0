package dev.purser.console.bill;

import dev.purser.console.page.Wording;
import dev.purser.reconciliation.Discrepancy;
import dev.purser.reconciliation.Discrepancy.Age;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An open discrepancy as the page shows it. */
record DiscrepancyRow(Discrepancy found, FindingWords finding, String amounts, String age, String opened) {

    static DiscrepancyRow of(Discrepancy found, Instant now) {
        List<String> amounts = new ArrayList<>();
        if (found.orderedCents() != null) {
            amounts.add("ordered " + Wording.money(found.orderedCents()));
        }
        if (found.billedCents() != null) {
            amounts.add("billed " + Wording.money(found.billedCents()));
        }
        return new DiscrepancyRow(
                found,
                FindingWords.of(found.finding()),
                amounts.isEmpty() ? "" : String.join(", ", amounts) + " USD",
                word(found.age(now)),
                Wording.time(found.openedAt()));
    }

    static String word(Age age) {
        return switch (age) {
            case DAYS_0_1 -> "0 to 1 days";
            case DAYS_2_7 -> "2 to 7 days";
            case DAYS_8_30 -> "8 to 30 days";
            case DAYS_OVER_30 -> "over 30 days";
        };
    }

    public @Nullable String orderHref() {
        return found.orderId() == null ? null : URLEncoder.encode(found.orderId(), StandardCharsets.UTF_8);
    }

    /** What it is about. */
    public String about() {
        if (found.orderId() != null) {
            return found.orderId();
        }
        return found.purchaseId() != null ? "purchase " + found.purchaseId() : "license " + found.licenseId();
    }

    public String seen() {
        return "since " + opened + " UTC, seen by " + Wording.count(found.seenTimes(), "run");
    }

    /** Empty while nobody explained it. */
    public String explained() {
        Discrepancy.Explanation explanation = found.explanation();
        return explanation == null
                ? ""
                : "explained by " + Wording.person(explanation.by()) + " on " + Wording.time(explanation.at()) + " UTC";
    }

    public String note() {
        Discrepancy.Explanation explanation = found.explanation();
        return explanation == null ? "" : explanation.note();
    }
}
