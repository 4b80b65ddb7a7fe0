package dev.purser.console.access;

import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.identity.IdentityProviderManager;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.identity.request.AuthenticationRequest;
import io.quarkus.vertx.http.runtime.security.ChallengeData;
import io.quarkus.vertx.http.runtime.security.HttpAuthenticationMechanism;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** How a caller shows a token: as a bearer, or as the password that a browser asks for. */
@ApplicationScoped
class TokenMechanism implements HttpAuthenticationMechanism {

    private static final String WWW_AUTHENTICATE = "WWW-Authenticate";
    private static final List<String> CHALLENGES =
            List.of("Bearer realm=\"purser\"", "Basic realm=\"purser\", charset=\"UTF-8\"");

    private final Door door;

    TokenMechanism(Door door) {
        this.door = door;
    }

    @Override
    public Uni<SecurityIdentity> authenticate(RoutingContext call, IdentityProviderManager identities) {
        if (door.isOpen()) {
            return Uni.createFrom().item(TokenIdentities.identity("local", Role.ADMIN));
        }
        String header = call.request().getHeader(HttpHeaders.AUTHORIZATION);
        if (header == null) {
            return Uni.createFrom().nullItem();
        }
        Optional<String> token = Authorization.token(header);
        return token.isPresent()
                ? identities.authenticate(new TokenRequest(token.get()))
                : Uni.createFrom().failure(new AuthenticationFailedException());
    }

    @Override
    public Set<Class<? extends AuthenticationRequest>> getCredentialTypes() {
        return Set.of(TokenRequest.class);
    }

    @Override
    public Uni<Boolean> sendChallenge(RoutingContext call) {
        call.response().putHeader(WWW_AUTHENTICATE, CHALLENGES);
        Refusals.answer(
                call,
                Response.Status.UNAUTHORIZED,
                "This needs a token: Authorization: Bearer <token>, or in a browser any user name with the token as password.");
        return Uni.createFrom().item(true);
    }

    @Override
    public Uni<ChallengeData> getChallenge(RoutingContext call) {
        return Uni.createFrom()
                .item(new ChallengeData(
                        Response.Status.UNAUTHORIZED.getStatusCode(), WWW_AUTHENTICATE, CHALLENGES.get(0)));
    }
}
