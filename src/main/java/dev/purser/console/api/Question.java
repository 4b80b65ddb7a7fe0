package dev.purser.console.api;

import dev.purser.orders.Filter;
import dev.purser.orders.OrderState;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.QueryParam;
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

    @BeanParam
    Paging paging = new Paging();

    Asked read() {
        Parameters parameters = new Parameters();
        OrderState known = parameters.oneOf("state", state, OrderState.class);
        String ofCampaign = parameters.text("campaign", campaign);
        Long ofImport = parameters.number("import", importId);
        String withText = parameters.text("q", text);
        Paging.Asked page = paging.read(parameters);
        return new Asked(new Filter(known, ofCampaign, ofImport, withText, page.before()), page);
    }

    /** What is wrong stands with the page. */
    record Asked(Filter filter, Paging.Asked page) {}
}
