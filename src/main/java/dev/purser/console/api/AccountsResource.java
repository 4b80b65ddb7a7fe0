package dev.purser.console.api;

import dev.purser.provisioning.AccountViews;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

@Path("/api/v1/accounts")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Accounts")
class AccountsResource {

    private final AccountViews accounts;

    AccountsResource(AccountViews accounts) {
        this.accounts = accounts;
    }

    @GET
    @Operation(
            summary = "Purchasing accounts",
            description =
                    "Balance, budget, throttle left, who works with it and whether it is paused. All of them, on one page.")
    public AccountList list() {
        return new AccountList(accounts.views().stream().map(AccountJson::of).toList(), null);
    }

    @Schema(name = "AccountList")
    record AccountList(
            List<AccountJson> items,
            @Schema(description = "Always null") @Nullable String next) {}
}
