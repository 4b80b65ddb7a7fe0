package dev.purser.console.api;

import dev.purser.kernel.OrderId;
import dev.purser.orders.Orders;
import dev.purser.orders.Page;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

@Path("/api/v1/orders")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Orders")
class OrdersResource {

    private final Orders orders;

    OrdersResource(Orders orders) {
        this.orders = orders;
    }

    @GET
    @Operation(summary = "Orders, newest first")
    @APIResponse(
            responseCode = "200",
            description = "One page",
            content = @Content(schema = @Schema(implementation = OrderList.class)))
    @APIResponse(
            responseCode = "400",
            description = "A parameter is wrong; errors names each",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    public Response list(@BeanParam Question question) {
        Question.Asked asked = question.read();
        return asked.page().problem().map(Problem::response).orElseGet(() -> Response.ok(
                        OrderList.of(orders.page(asked.filter(), asked.page().limit())))
                .build());
    }

    /** The path may go on after a slash, because an order_id may contain some. */
    @GET
    @Path("/{order_id: .+}")
    @Operation(
            summary = "One order with its history",
            description = "An order_id that contains slashes may be given as it is or percent-encoded.")
    @APIResponse(
            responseCode = "200",
            description = "The order",
            content = @Content(schema = @Schema(implementation = OrderJson.class)))
    @APIResponse(
            responseCode = "404",
            description = "No such order",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    public Response single(
            @PathParam("order_id")
                    @Parameter(
                            schema = @Schema(type = SchemaType.STRING, pattern = OrderId.SHAPE),
                            example = "2026-F-000123")
                    String orderId) {
        return OrderId.parse(orderId)
                .flatMap(orders::find)
                .map(order -> Response.ok(OrderJson.single(order)).build())
                .orElseGet(() -> Problem.of(Response.Status.NOT_FOUND, "There is no order with this order_id.")
                        .response());
    }

    @Schema(name = "OrderList")
    record OrderList(
            List<OrderJson> items,

            @Schema(description = "The cursor of the next page; null on the last") @Nullable
            String next) {

        static OrderList of(Page page) {
            Long next = page.next();
            return new OrderList(
                    page.items().stream().map(OrderJson::listed).toList(),
                    next == null ? null : new Cursor(next).text());
        }
    }
}
