package dev.purser.automation;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.purser.cocalc.CoCalc;
import java.time.Clock;
import java.time.Instant;

/**
 * What a command works with.
 *
 * @param account the alias of the purchasing account whose key is used
 * @param cocalc CoCalc as that account sees it
 * @param actor for the histories of orders; the same whenever this command is tried again
 */
record Bench(
        String account, CoCalc cocalc, String actor, boolean isFirstTry, Hands hands, boolean mayWrite, Clock clock) {

    Instant now() {
        return clock.instant();
    }

    static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }
}
