package dev.purser.console.api;

import dev.purser.kernel.OrderId;
import dev.purser.orders.OrderView;
import dev.purser.orders.Orders;
import dev.purser.provisioning.Handled;
import dev.purser.provisioning.OrderDesk;
import io.quarkus.security.identity.SecurityIdentity;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** What people do with an order. */
@Path("/api/v1/orders")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Orders")
@APIResponse(
        responseCode = "404",
        description = "No such order",
        content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
@APIResponse(
        responseCode = "409",
        description = "The order's state forbids it",
        content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
class OrderActionsResource {

    private final OrderDesk desk;
    private final Orders orders;
    private final SecurityIdentity caller;

    OrderActionsResource(OrderDesk desk, Orders orders, SecurityIdentity caller) {
        this.desk = desk;
        this.orders = orders;
        this.caller = caller;
    }

    @POST
    @Path("/{order_id: .+}/approve")
    @RolesAllowed("approver")
    @Operation(
            summary = "Let an order be bought that is held with code needs_approval",
            description = "At the price that it is held at. A dearer quote or another content voids the approval.")
    @APIResponse(
            responseCode = "200",
            description = "The order, on its way again",
            content = @Content(schema = @Schema(implementation = OrderJson.class)))
    public Response approve(@PathParam("order_id") String orderId) {
        return OrderId.parse(orderId)
                .map(id -> answer(id, desk.approve(id, Caller.actor(caller))))
                .orElseGet(OrderActionsResource::unknownOrder);
    }

    @POST
    @Path("/{order_id: .+}/cancel")
    @RolesAllowed("operator")
    @Operation(
            summary = "Cancel an order that is not bought",
            description =
                    "At once where no cart can hold it. Otherwise the wish is written down: the item is removed first, and an"
                            + " order whose checkout is under way is cancelled only if it was not bought by it.")
    @APIResponse(
            responseCode = "200",
            description = "The order, cancelled",
            content = @Content(schema = @Schema(implementation = OrderJson.class)))
    @APIResponse(
            responseCode = "202",
            description = "The order, which will be cancelled unless it is bought first",
            content = @Content(schema = @Schema(implementation = OrderJson.class)))
    public Response cancel(@PathParam("order_id") String orderId) {
        return OrderId.parse(orderId)
                .map(id -> answer(id, desk.cancel(id, Caller.actor(caller))))
                .orElseGet(OrderActionsResource::unknownOrder);
    }

    @POST
    @Path("/{order_id: .+}/retry")
    @RolesAllowed("operator")
    @Operation(
            summary = "Let Purser look at an order again",
            description =
                    "A held order is decided anew, one that ended without a purchase gets a new attempt with the same token, and about"
                            + " an unknown one CoCalc is asked at once. It never pays by itself.")
    @APIResponse(
            responseCode = "200",
            description = "The order, as it is now",
            content = @Content(schema = @Schema(implementation = OrderJson.class)))
    public Response retry(@PathParam("order_id") String orderId) {
        return OrderId.parse(orderId)
                .map(id -> answer(id, desk.retry(id, Caller.actor(caller))))
                .orElseGet(OrderActionsResource::unknownOrder);
    }

    private Response answer(OrderId orderId, Handled handled) {
        return handled.fold(new Handled.Cases<>() {
            @Override
            public Response done() {
                return Response.ok(json(orderId)).build();
            }

            @Override
            public Response waiting() {
                return Response.accepted(json(orderId)).build();
            }

            @Override
            public Response refused(String why) {
                return Problem.of(Response.Status.CONFLICT, why).response();
            }

            @Override
            public Response unknown() {
                return unknownOrder();
            }
        });
    }

    private OrderJson json(OrderId orderId) {
        OrderView order = orders.find(orderId).orElseThrow();
        return OrderJson.single(order);
    }

    private static Response unknownOrder() {
        return Problem.of(Response.Status.NOT_FOUND, "There is no order with this order_id.")
                .response();
    }
}
