package dev.purser.provisioning;

import dev.purser.cocalc.Answer;
import dev.purser.cocalc.CoCalc;
import java.util.UUID;

/** Whether an account may look up customers. CoCalc tells nobody his groups, so it is found out by asking. */
public final class PartnerRights {

    private PartnerRights() {}

    /** Who may not ask for an email address, not even for its own, while CoCalc knows who asks, is no partner. */
    public static boolean has(CoCalc cocalc, UUID id) {
        return !(cocalc.emailAddress(id) instanceof Answer.NotSignedIn)
                || !(cocalc.identity() instanceof Answer.Done<CoCalc.Identity> again)
                || !again.value().accountId().equals(id);
    }
}
