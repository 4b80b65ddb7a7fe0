package dev.purser.console.api;

import jakarta.ws.rs.QueryParam;
import java.util.List;
import java.util.Optional;
import java.util.function.ToLongFunction;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.jspecify.annotations.Nullable;

/** Which part of a list a caller asks for. */
public class Paging {

    @QueryParam("limit")
    @Parameter(
            description = "How many a page has at most",
            schema = @Schema(type = SchemaType.INTEGER, minimum = "1", maximum = "500", defaultValue = "50"))
    @Nullable
    String limit;

    @QueryParam("cursor")
    @Parameter(description = "The next of the page before")
    @Nullable
    String cursor;

    /** @param before only what is older than this id; null: from the newest on. @param wrong what cannot be read; without it the rest counts */
    record Asked(int limit, @Nullable Long before, List<Problem.Part> wrong) {

        Optional<Problem> problem() {
            return wrong.isEmpty() ? Optional.empty() : Optional.of(Problem.of(wrong));
        }

        /** What to ask for: whether there is one more tells whether there is a next page. */
        int oneMore() {
            return limit + 1;
        }

        <T> List<T> shown(List<T> oneMore) {
            return oneMore.subList(0, Math.min(limit, oneMore.size()));
        }

        <T> @Nullable String next(List<T> oneMore, ToLongFunction<T> id) {
            return oneMore.size() > limit ? new Cursor(id.applyAsLong(oneMore.get(limit - 1))).text() : null;
        }
    }

    Asked read() {
        return read(new Parameters());
    }

    /** Beside other parameters of the same call: what is wrong with any of them is told at once. */
    Asked read(Parameters parameters) {
        return new Asked(parameters.limit(limit), parameters.before(cursor), parameters.wrong());
    }
}
