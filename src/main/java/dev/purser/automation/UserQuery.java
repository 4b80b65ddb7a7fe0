package dev.purser.automation;

import com.fasterxml.jackson.databind.JsonNode;
import dev.purser.automation.Judgement.Repeat;
import org.jspecify.annotations.Nullable;

/** A query in CoCalc's own form. As CoCalc sees it, one in which no field is null writes, also inside of a list. */
record UserQuery(JsonNode query) implements Deed {

    private static final String HINT =
            "a JSON object with one table: {\"projects\": [{\"project_id\": null, \"title\": null}]}";
    private static final String RIGHT =
            "The purchasing account lacks the right for this query; see what it may read at CoCalc.";

    static @Nullable Deed read(Form form) {
        JsonNode query = form.required("query", form.node("query"), HINT);
        if (query == null) {
            return null;
        }
        boolean hasOneTable = query.isObject() && query.size() == 1;
        JsonNode table = hasOneTable ? query.elements().next() : query;
        boolean isOne = table.isObject()
                || table.isArray() && table.size() == 1 && table.get(0).isObject();
        if (!hasOneTable || !isOne) {
            form.wrong("query", "must be " + HINT);
            return null;
        }
        return new UserQuery(query);
    }

    boolean writes() {
        return !hasNull(query);
    }

    private static boolean hasNull(JsonNode node) {
        for (JsonNode field : node) {
            if (field.isNull() || hasNull(field)) {
                return true;
            }
        }
        return false;
    }

    @Override
    public Tried perform(Bench bench) {
        if (writes() && !bench.mayWrite()) {
            return new Tried.Failed(
                    "writes_not_allowed",
                    "No field of this query is null, so CoCalc would write what it says. Make the fields that you want to read"
                            + " null, or set PURSER_USER_QUERY_WRITES=true if writing is meant.");
        }
        Repeat repeat = writes() ? Repeat.DOES_IT_AGAIN : Repeat.CHANGES_NOTHING;
        return bench.cocalc()
                .userQuery(query)
                .fold(new Judgement<JsonNode>(
                        bench.account(),
                        RIGHT,
                        repeat,
                        answer -> new Tried.Done(Bench.object().set("query", answer))));
    }
}
