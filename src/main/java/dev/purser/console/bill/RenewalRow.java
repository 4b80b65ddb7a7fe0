package dev.purser.console.bill;

import dev.purser.console.page.Wording;
import dev.purser.reconciliation.Renewal;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;

/** A subscription as the page shows it. */
record RenewalRow(Renewal renewal, String href, String next, String cost, String in30Days, String in90Days) {

    static RenewalRow of(Renewal renewal) {
        return new RenewalRow(
                renewal,
                URLEncoder.encode(renewal.orderId(), StandardCharsets.UTF_8),
                Wording.day(renewal.next().atZone(ZoneOffset.UTC).toLocalDate()),
                Wording.money(renewal.cost()),
                Wording.money(renewal.in30Days()),
                Wording.money(renewal.in90Days()));
    }
}
