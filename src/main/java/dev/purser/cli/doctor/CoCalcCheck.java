package dev.purser.cli.doctor;

import dev.purser.cli.settings.Settings;
import dev.purser.cocalc.Answer;
import dev.purser.cocalc.CoCalc;
import dev.purser.cocalc.CoCalcDoor;
import dev.purser.cocalc.Refusal;
import dev.purser.cocalc.Visit;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Whether CoCalc answers and goes by the same time, and then each purchasing account. */
final class CoCalcCheck implements Check {

    static final String AREA = "cocalc";

    /** The header tells whole seconds. */
    private static final Duration CLOCKS_MAY_DIFFER = Duration.ofSeconds(3);

    private final Settings settings;
    private final Clock clock;

    CoCalcCheck(Settings settings, Clock clock) {
        this.settings = settings;
        this.clock = clock;
    }

    @Override
    public List<Finding> look() {
        if (!settings.has("purser.cocalc.url") || settings.purchasingAccounts().isEmpty()) {
            return List.of();
        }
        try (Visit visit = Visit.by(settings.config())) {
            return look(visit);
        } catch (IllegalArgumentException e) {
            return List.of(Finding.misconfigured(AREA, e.getMessage() + ".", "Correct that variable."));
        }
    }

    private List<Finding> look(Visit visit) {
        CoCalcDoor door = visit.door();
        AccountChecks accounts = new AccountChecks(settings);
        List<Finding> found = new ArrayList<>();
        for (String name : door.accounts()) {
            Instant before = clock.instant();
            Answer<CoCalc.Identity> identity = door.as(name).identity();
            Optional<Finding> away = away(identity, door.keyVariable(name));
            if (away.isPresent()) {
                // Nobody would be told anything else.
                return List.of(away.get());
            }
            if (found.isEmpty()) {
                found.add(clocks(visit.date(), before, clock.instant()));
            }
            found.addAll(accounts.look(name, door.keyVariable(name), door.as(name), identity));
        }
        return found;
    }

    private Optional<Finding> away(Answer<CoCalc.Identity> identity, String keyVariable) {
        String url = settings.find("purser.cocalc.url").orElse("");
        boolean isKey = identity instanceof Answer.NotSent<CoCalc.Identity> kept
                && kept.detail().startsWith(keyVariable);
        if (identity instanceof Answer.Refused<CoCalc.Identity> no && no.refusal() == Refusal.NOT_SERVED) {
            return Optional.of(Finding.misconfigured(
                    AREA,
                    "What answers at " + url + " does not serve CoCalc's API.",
                    "PURSER_COCALC_URL must be the address of the API v2, such as https://cocalc.com/api/v2."));
        }
        return !isKey && (identity instanceof Answer.NotSent || identity instanceof Answer.Unknown)
                ? Optional.of(Finding.fail(
                        AREA,
                        "CoCalc gives no answer at " + url + ": " + identity.summary() + ".",
                        "See that it runs and can be reached from this machine, or correct PURSER_COCALC_URL."))
                : Optional.empty();
    }

    private Finding clocks(Optional<Instant> theirs, Instant before, Instant after) {
        String place = "CoCalc answers at " + settings.find("purser.cocalc.url").orElse("");
        if (theirs.isEmpty()) {
            return Finding.ok(AREA, place + " and does not tell its time.");
        }
        Duration difference = Clocks.between(theirs.get(), before.truncatedTo(ChronoUnit.SECONDS), after);
        return difference.abs().compareTo(CLOCKS_MAY_DIFFER) > 0
                ? Finding.warn(
                        AREA,
                        place + ", and its clock is " + Clocks.words(difference) + " this machine's.",
                        "Let this machine follow a time server (NTP): licenses begin and end by CoCalc's clock.")
                : Finding.ok(AREA, place + ", and its clock agrees within " + CLOCKS_MAY_DIFFER.toSeconds() + " s.");
    }
}
