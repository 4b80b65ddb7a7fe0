package dev.purser.console.access;

import io.quarkus.security.identity.request.BaseAuthenticationRequest;

/** A caller shows a token. Not a record: those print what they hold. */
final class TokenRequest extends BaseAuthenticationRequest {

    private final String token;

    TokenRequest(String token) {
        this.token = token;
    }

    String token() {
        return token;
    }
}
