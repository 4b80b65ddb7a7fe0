package dev.purser.console.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.purser.kernel.Money;
import dev.purser.kernel.OrderId;
import dev.purser.orders.OrderView;
import dev.purser.orders.Orders;
import dev.purser.provisioning.Approvals;
import dev.purser.provisioning.Handled;
import io.quarkus.security.identity.SecurityIdentity;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** One decision about several orders. */
@Path("/api/v1/approvals")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Orders")
class ApprovalsResource {

    private static final int MOST = 500;
    private static final JsonMapper JSON = new JsonMapper();

    private final Approvals approvals;
    private final Orders orders;
    private final SecurityIdentity caller;

    ApprovalsResource(Approvals approvals, Orders orders, SecurityIdentity caller) {
        this.approvals = approvals;
        this.orders = orders;
        this.caller = caller;
    }

    /** @param total in USD, as the approver saw it */
    @Schema(name = "Approval")
    record ApprovalJson(
            List<String> orders,
            @Schema(examples = "1645.50") String total) {}

    private record Asked(List<OrderId> orders, Money total) {}

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @RolesAllowed("approver")
    @Operation(
            summary = "Let several orders be bought that are held with code needs_approval, or none of them",
            description =
                    "Each at the price that it is held at, and only if they cost together what the approver says. Who, which"
                            + " orders and the total are kept. A dearer quote or another content voids the approval of that order.")
    @RequestBody(required = true, content = @Content(schema = @Schema(implementation = ApprovalJson.class)))
    @APIResponse(
            responseCode = "200",
            description = "The orders, on their way again",
            content = @Content(schema = @Schema(implementation = OrderJson[].class)))
    @APIResponse(
            responseCode = "400",
            description = "The body is no list of orders with their total",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    @APIResponse(
            responseCode = "409",
            description = "One of them is unknown or not held for this, or they cost something else; none is approved",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    @APIResponse(
            responseCode = "415",
            description = "Not JSON",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    public Response approve(byte[] body) {
        return read(body)
                .map(asked -> answer(asked, approvals.approve(asked.orders(), asked.total(), Caller.actor(caller))))
                .orElseGet(() -> Problem.of(
                                Response.Status.BAD_REQUEST,
                                "The body is {\"orders\":[\"…\"],\"total\":\"1645.50\"}: 1 to " + MOST
                                        + " order_ids, and what they cost together in USD, as a text.")
                        .response());
    }

    private static Optional<Asked> read(byte[] body) {
        try {
            JsonNode json = JSON.readTree(body);
            List<OrderId> ids = new ArrayList<>();
            for (JsonNode id : json.path("orders")) {
                ids.add(OrderId.parse(id.asText()).orElseThrow(IOException::new));
            }
            boolean few = !ids.isEmpty() && ids.size() <= MOST;
            String total = json.path("total").asText();
            return few && total.matches("[0-9]{1,9}(\\.[0-9]{1,2})?")
                    ? Optional.of(new Asked(ids, Money.of(total)))
                    : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private Response answer(Asked asked, Handled handled) {
        return handled.fold(new Handled.Cases<>() {
            @Override
            public Response done() {
                return Response.ok(json(asked.orders())).build();
            }

            @Override
            public Response waiting() {
                return Response.accepted(json(asked.orders())).build();
            }

            @Override
            public Response refused(String why) {
                return Problem.of(Response.Status.CONFLICT, why + " None of them is approved.")
                        .response();
            }

            @Override
            public Response unknown() {
                return refused("One of the orders is not known.");
            }
        });
    }

    private List<OrderJson> json(List<OrderId> ids) {
        Map<OrderId, OrderView> views = orders.views(ids);
        return ids.stream()
                .distinct()
                .map(views::get)
                .filter(Objects::nonNull)
                .map(OrderJson::listed)
                .toList();
    }
}
