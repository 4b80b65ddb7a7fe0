package dev.purser.console.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.purser.intake.OrderRequests;
import dev.purser.intake.OrderRequests.Answer;
import dev.purser.intake.OrderRequests.Status;
import dev.purser.kernel.OrderId;
import dev.purser.kernel.event.EventReader;
import dev.purser.orders.OrderView;
import dev.purser.orders.Orders;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.security.identity.SecurityIdentity;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.headers.Header;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Orders by HTTP. */
@Path("/api/v1/orders")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Orders")
class SubmitResource {

    private static final int MOST_ORDERS = 10_000;
    private final OrderRequests requests;
    private final Orders orders;
    private final IdempotencyKeys keys;
    private final SecurityIdentity caller;

    SubmitResource(OrderRequests requests, Orders orders, IdempotencyKeys keys, SecurityIdentity caller) {
        this.requests = requests;
        this.orders = orders;
        this.keys = keys;
        this.caller = caller;
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @RolesAllowed("operator")
    @Operation(
            summary = "Order licenses",
            description =
                    "One order, or an array of at most 10000. The same order_id with the same content is a duplicate and buys nothing. Of an"
                            + " array each order is answered by itself: a bad one never stops a good one. With an Idempotency-Key the same"
                            + " request gets the first answer again, for 24 hours; without one the order_id alone makes it safe to repeat.")
    @RequestBody(
            required = true,
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema =
                                    @Schema(
                                            description =
                                                    "Order data, or an array of such, see /schemas/dev.purser.order.submitted.v1.json")))
    @APIResponse(
            responseCode = "202",
            description = "The orders and their states, in the order of the request",
            headers =
                    @Header(
                            name = "Location",
                            description = "Where a single order is",
                            schema = @Schema(type = SchemaType.STRING)),
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = SubmittedJson.class)))
    @APIResponse(
            responseCode = "400",
            description = "The body is no JSON of orders, or a single order is wrong; errors points at each field",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    @APIResponse(
            responseCode = "409",
            description =
                    "A single order whose order_id stands for another order; or the first request with this key is still being answered",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    @APIResponse(
            responseCode = "413",
            description = "More than 10000 orders, or more than 10 MB",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    @APIResponse(
            responseCode = "415",
            description = "Not JSON",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    @APIResponse(
            responseCode = "422",
            description = "The Idempotency-Key was used for a request with other content",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    public Response submit(
            @HeaderParam(IdempotencyKey.HEADER)
                    @Parameter(
                            description = "1 to 255 printable ASCII characters in quotes, new for each request",
                            schema = @Schema(type = SchemaType.STRING),
                            example = "\"8e03978e-40d5-43e8-bc93-6894a57f9324\"")
                    List<String> key,
            @Context UriInfo uri,
            byte[] body)
            throws IOException {
        JsonNode json;
        try {
            json = EventReader.tree(body);
        } catch (JsonProcessingException e) {
            return bad("The body is no JSON that can be read" + EventReader.where(e) + ".");
        } catch (IOException e) {
            return bad("The body is no JSON that can be read, and no UTF-8.");
        }
        if (!json.isObject() && !json.isArray()) {
            return bad("The body must be one order as a JSON object, or an array of them.");
        }
        if (json.size() > MOST_ORDERS && json.isArray()) {
            return Problem.of(
                            Response.Status.REQUEST_ENTITY_TOO_LARGE,
                            "A request has at most " + MOST_ORDERS
                                    + " orders; send several, or a CSV to /api/v1/imports.")
                    .response();
        }
        if (key.isEmpty()) {
            return QuarkusTransaction.requiringNew().call(() -> take(json, uri));
        }
        Optional<IdempotencyKey> given = key.size() == 1 ? IdempotencyKey.parse(key.get(0)) : Optional.empty();
        return given.isEmpty()
                ? bad(IdempotencyKey.HINT)
                : keys.once(
                        Caller.actor(caller), given.get(), Fingerprint.of("POST /orders", json), () -> take(json, uri));
    }

    private Response take(JsonNode json, UriInfo uri) {
        List<JsonNode> all =
                json.isArray() ? StreamSupport.stream(json.spliterator(), false).toList() : List.of(json);
        List<Answer> answers = requests.take(all, Caller.actor(caller));
        if (!json.isArray()) {
            Answer only = answers.get(0);
            if (only.status() == Status.REJECTED) {
                return Problem.ofBody(only.errors().stream()
                                .map(error -> new Problem.Part(null, error.message(), error.pointer()))
                                .toList())
                        .response();
            }
            if (only.status() == Status.CONFLICT) {
                return Problem.of(Response.Status.CONFLICT, Objects.requireNonNull(only.message()))
                        .response();
            }
        }
        Map<OrderId, OrderView> views = orders.views(answers.stream()
                .map(Answer::orderId)
                .filter(Objects::nonNull)
                .distinct()
                .toList());
        Response.ResponseBuilder answer =
                Response.accepted(SubmittedJson.of(answers, views)).type(MediaType.APPLICATION_JSON_TYPE);
        OrderId orderId = answers.size() == 1 ? answers.get(0).orderId() : null;
        return (orderId == null
                        ? answer
                        : answer.location(uri.getBaseUriBuilder()
                                .path("api/v1/orders")
                                .path(orderId.value())
                                .build()))
                .build();
    }

    private static Response bad(String why) {
        return Problem.of(Response.Status.BAD_REQUEST, why).response();
    }
}
