package dev.purser.console.api;

import dev.purser.provisioning.AccountView;
import dev.purser.provisioning.AccountViews;
import dev.purser.provisioning.Pauses;
import io.quarkus.security.identity.SecurityIdentity;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

@Path("/api/v1/accounts")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Accounts")
class AccountsResource {

    private final AccountViews accounts;

    private final Pauses pauses;
    private final SecurityIdentity caller;

    AccountsResource(AccountViews accounts, Pauses pauses, SecurityIdentity caller) {
        this.accounts = accounts;
        this.pauses = pauses;
        this.caller = caller;
    }

    @GET
    @Operation(
            summary = "Purchasing accounts",
            description =
                    "Balance, budget, throttle left, who works with it and whether it is paused. All of them, on one page.")
    public AccountList list() {
        return new AccountList(accounts.views().stream().map(AccountJson::of).toList(), null);
    }

    @POST
    @Path("/{name}/pause")
    @RolesAllowed("operator")
    @Operation(
            summary = "Stop buying with one purchasing account",
            description = "An open checkout is still settled. It lasts over restarts, until somebody resumes.")
    @APIResponse(
            responseCode = "200",
            description = "The account; one that was paused before keeps its reason",
            content = @Content(schema = @Schema(implementation = AccountJson.class)))
    @APIResponse(
            responseCode = "404",
            description = "No such account",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    public Response pause(@PathParam("name") String name, @BeanParam PauseReason reason) {
        return change(name, reason.problem(), () -> pauses.begin(name, reason.text(), Caller.actor(caller)));
    }

    @POST
    @Path("/{name}/resume")
    @RolesAllowed("operator")
    @Operation(
            summary = "Buy again with one purchasing account",
            description = "Whoever paused it, the engine or a person. Who resumed is kept.")
    @APIResponse(
            responseCode = "200",
            description = "The account; while all accounts are paused it stays so",
            content = @Content(schema = @Schema(implementation = AccountJson.class)))
    @APIResponse(
            responseCode = "404",
            description = "No such account",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    public Response resume(@PathParam("name") String name) {
        return change(name, Optional.empty(), () -> pauses.end(name, Caller.actor(caller)));
    }

    private Response change(String name, Optional<Problem> problem, Runnable change) {
        if (find(name).isEmpty()) {
            return Problem.of(Response.Status.NOT_FOUND, "No purchasing account of this name is configured.")
                    .response();
        }
        if (problem.isPresent()) {
            return problem.get().response();
        }
        change.run();
        return Response.ok(AccountJson.of(find(name).orElseThrow())).build();
    }

    private Optional<AccountView> find(String name) {
        return accounts.views().stream()
                .filter(account -> account.name().equals(name))
                .findFirst();
    }

    @Schema(name = "AccountList")
    record AccountList(
            List<AccountJson> items,
            @Schema(description = "Always null") @Nullable String next) {}
}
