package dev.purser.console.api;

import dev.purser.orders.Filter;
import dev.purser.orders.OrderState;
import jakarta.ws.rs.QueryParam;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.jspecify.annotations.Nullable;

/** Which orders a caller asks for. */
class Question {

    @QueryParam("state")
    @Parameter(description = "Only orders in this state", schema = @Schema(implementation = OrderState.class))
    @Nullable
    String state;

    @QueryParam("campaign")
    @Parameter(description = "Only orders of this campaign")
    @Nullable
    String campaign;

    @QueryParam("import")
    @Parameter(
            description = "Only orders of the CSV import with this id",
            schema = @Schema(type = SchemaType.INTEGER, format = "int64"))
    @Nullable
    String importId;

    @QueryParam("q")
    @Parameter(description = "Only orders with this text in their order_id or title, in any letter case")
    @Nullable
    String text;

    @QueryParam("limit")
    @Parameter(
            description = "How many orders a page has at most",
            schema = @Schema(type = SchemaType.INTEGER, minimum = "1", maximum = "500", defaultValue = "50"))
    @Nullable
    String limit;

    @QueryParam("cursor")
    @Parameter(description = "The next of the page before")
    @Nullable
    String cursor;

    private final Parameters parameters = new Parameters();

    Asked read() {
        Filter filter = new Filter(
                state(),
                parameters.text("campaign", campaign),
                parameters.number("import", importId),
                parameters.text("q", text),
                parameters.before(cursor));
        return new Asked(filter, parameters.limit(limit), parameters.wrong());
    }

    /** @param wrong the parameters that could not be read; without them the rest does not count */
    record Asked(Filter filter, int limit, List<Problem.Part> wrong) {}

    private @Nullable OrderState state() {
        String name = Parameters.given(state).toUpperCase(Locale.ROOT);
        Optional<OrderState> known = Arrays.stream(OrderState.values())
                .filter(each -> each.name().equals(name))
                .findAny();
        if (known.isEmpty() && !name.isEmpty()) {
            parameters.wrong("state", "state is one of " + Arrays.toString(OrderState.values()));
        }
        return known.orElse(null);
    }
}
