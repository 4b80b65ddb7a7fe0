package dev.purser.console.api;

import jakarta.ws.rs.core.Application;
import org.eclipse.microprofile.openapi.annotations.OpenAPIDefinition;
import org.eclipse.microprofile.openapi.annotations.enums.SecuritySchemeType;
import org.eclipse.microprofile.openapi.annotations.info.Info;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirement;
import org.eclipse.microprofile.openapi.annotations.security.SecurityScheme;

/** What the OpenAPI document says beside the calls themselves. */
@OpenAPIDefinition(
        info =
                @Info(
                        title = "Purser",
                        version = "1",
                        description =
                                "Orders for CoCalc licenses and what became of them. Money is text in USD, times are"
                                        + " UTC, a field without a value is null. Every error is an RFC 9457 problem."),
        security = {@SecurityRequirement(name = "token"), @SecurityRequirement(name = "basic")})
@SecurityScheme(
        securitySchemeName = "token",
        type = SecuritySchemeType.HTTP,
        scheme = "bearer",
        description =
                "A token of PURSER_API_TOKENS_FILE. Without such a file Purser listens on loopback only and asks nobody.")
@SecurityScheme(
        securitySchemeName = "basic",
        type = SecuritySchemeType.HTTP,
        scheme = "basic",
        description = "For browsers: any user name, and a token as the password.")
public class Api extends Application {}
