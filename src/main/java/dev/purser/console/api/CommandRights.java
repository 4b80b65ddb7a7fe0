package dev.purser.console.api;

import dev.purser.automation.CommandView;
import dev.purser.automation.Verb;
import io.quarkus.security.identity.SecurityIdentity;
import java.util.Set;

/** Who may send which command, and who may read its result. */
final class CommandRights {

    /** Those that finance may run, too; approving is for approvers, all else for operators. */
    private static final Set<String> OF_THE_BILL =
            Set.of(Verb.PURCHASES_PULL.word(), Verb.LICENSES_LIST.word(), Verb.RECONCILIATION_RUN.word());

    private CommandRights() {}

    static boolean maySend(SecurityIdentity caller, String verb) {
        if (verb.equals(Verb.ORDER_APPROVE.word())) {
            return caller.hasRole("approver");
        }
        return caller.hasRole("operator") || OF_THE_BILL.contains(verb) && caller.hasRole("finance");
    }

    /** A result may hold what only those who may ask for it should read: an email address, a ledger. */
    static CommandJson shown(SecurityIdentity caller, CommandView command) {
        return maySend(caller, command.verb()) ? CommandJson.single(command) : CommandJson.listed(command);
    }
}
