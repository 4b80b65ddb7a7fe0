package dev.purser.cli.doctor;

import dev.purser.cli.settings.Settings;
import dev.purser.cocalc.Answer;
import dev.purser.cocalc.CoCalc;
import dev.purser.cocalc.Quote;
import dev.purser.cocalc.Refusal;
import dev.purser.provisioning.KeptAccount;
import dev.purser.provisioning.PartnerRights;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Each purchasing account: whose its key is and what it may, its balance, its checkout, and what the database keeps of it. */
final class AccountChecks {

    private final Settings settings;
    private final Map<UUID, String> variables = new HashMap<>();

    AccountChecks(Settings settings) {
        this.settings = settings;
    }

    List<Finding> look(String name, String variable, CoCalc cocalc, Answer<CoCalc.Identity> identity) {
        String area = "account " + name;
        if (!(identity instanceof Answer.Done<CoCalc.Identity> done)) {
            return List.of(refused(area, variable, identity));
        }
        UUID id = done.value().accountId();
        String twin = variables.putIfAbsent(id, variable);
        if (twin != null) {
            return List.of(Finding.misconfigured(
                    area,
                    variable + " and " + twin + " hold keys of the same CoCalc account, " + id + ".",
                    "Take one of them out: one account has one cart."));
        }
        List<Finding> found = new ArrayList<>();
        found.add(rights(area, variable, cocalc, id));
        found.add(balance(area, cocalc.balance()));
        found.add(checkout(area, cocalc.quote()));
        kept(area, name, variable, id).ifPresent(found::add);
        return found;
    }

    private static Finding refused(String area, String variable, Answer<CoCalc.Identity> identity) {
        if (identity instanceof Answer.Refused<CoCalc.Identity> no && no.refusal() == Refusal.NO_ACCOUNT) {
            return Finding.misconfigured(
                    area,
                    variable + " holds a key that belongs to no account, as that of a project does.",
                    "Put an account key of a partner account there.");
        }
        if (identity instanceof Answer.NotSignedIn) {
            return Finding.misconfigured(
                    area,
                    "CoCalc does not accept the key in " + variable
                            + ", or its database is down; it says the same then.",
                    "Try again in a minute; if it stays so, put a new key of the same account there.");
        }
        return identity instanceof Answer.NotSent<CoCalc.Identity> kept
                ? Finding.misconfigured(area, kept.detail() + ".", "Put one API key there, and nothing else.")
                : Finding.fail(area, "Whose the key is was not told: " + identity.summary() + ".", "Try again.");
    }

    private static Finding rights(String area, String variable, CoCalc cocalc, UUID id) {
        return PartnerRights.has(cocalc, id)
                ? Finding.ok(area, "The key in " + variable + " is that of CoCalc account " + id + ", a partner.")
                : Finding.misconfigured(
                        area,
                        variable + " holds the key of CoCalc account " + id + ", which has no partner rights.",
                        "Ask CoCalc to make it a partner account, or put the key of one there.");
    }

    private static Finding balance(String area, Answer<BigDecimal> balance) {
        if (!(balance instanceof Answer.Done<BigDecimal> done)) {
            return Finding.fail(area, "Its balance was not told: " + balance.summary() + ".", "Try again.");
        }
        String says = "Its balance is " + done.value().toPlainString() + " USD.";
        return done.value().signum() > 0
                ? Finding.ok(area, says)
                : Finding.warn(area, says, "Add credit at CoCalc; orders are held until there is some.");
    }

    /** By the price of what is ticked, which cannot buy. */
    private Finding checkout(String area, Answer<Quote> quote) {
        String configured = settings.find("purser.cocalc.dialect").orElse("auto");
        if (quote instanceof Answer.Refused<Quote> no && no.refusal() == Refusal.NOT_SERVED) {
            return configured.equalsIgnoreCase("living")
                    ? Finding.misconfigured(
                            area,
                            "CoCalc does not serve the living checkout, which PURSER_COCALC_DIALECT demands.",
                            "Set PURSER_COCALC_DIALECT=auto.")
                    : Finding.warn(
                            area,
                            "CoCalc serves the documented checkout: no quote, so no prices before paying.",
                            "Nothing, if that is what your CoCalc should be.");
        }
        if (quote instanceof Answer.Refused<Quote> bad && bad.refusal() == Refusal.BAD_ITEM) {
            return Finding.warn(
                    area,
                    "CoCalc serves the living checkout and cannot price an item of the cart: " + bad.text() + ".",
                    "Look at the account's cart at CoCalc; Purser finds and removes one of its own by itself.");
        }
        return quote.isDone() || quote instanceof Answer.Refused
                ? Finding.ok(area, "CoCalc serves the living checkout.")
                : Finding.fail(
                        area, "Which checkout CoCalc serves was not told: " + quote.summary() + ".", "Try again.");
    }

    private Optional<Finding> kept(String area, String name, String variable, UUID id) {
        if (!Database.isAddress(settings)) {
            return Optional.empty();
        }
        String throttle = settings.find("purser.throttle").orElse("3,15,200");
        try (Connection database = Database.open(settings)) {
            return KeptAccount.find(database, name, throttle).map(kept -> kept(area, variable, id, kept));
        } catch (SQLException | IllegalArgumentException toldByOthers) {
            // No database, no tables yet, or a throttle that cannot be read.
            return Optional.empty();
        }
    }

    private static Finding kept(String area, String variable, UUID id, KeptAccount kept) {
        if (!kept.accountId().equals(id)) {
            return Finding.misconfigured(
                    area,
                    variable + " holds the key of CoCalc account " + id + ", but the database knows it as "
                            + kept.accountId() + ".",
                    "Put a key of that account back, or give the new account a name of its own.");
        }
        String reason = kept.pauseReason();
        return reason != null
                ? Finding.warn(
                        area,
                        "It is paused: " + reason + ".",
                        "When the reason is gone: POST /api/v1/accounts/{name}/resume, or POST /api/v1/resume when all are.")
                : throttle(area, kept.additionsLeft());
    }

    private static Finding throttle(String area, KeptAccount.@Nullable Left left) {
        if (left == null) {
            return Finding.ok(area, "Additions to its cart are not throttled (PURSER_THROTTLE=off).");
        }
        String says = "CoCalc takes " + left.inMinute() + " more additions to its cart in this minute and "
                + left.inHour() + " in this hour.";
        return left.inHour() > 0
                ? Finding.ok(area, says)
                : Finding.warn(
                        area, says, "Wait; Purser goes on by itself. Another purchasing account buys beside it.");
    }
}
