package dev.purser.console.access;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.purser.console.api.Problem;
import io.quarkus.security.ForbiddenException;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.ws.rs.core.Response;

/** What a caller reads who is turned away before a resource was reached. */
final class Refusals {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** The router's own failures; what a resource throws was answered before. */
    void answerFailures(@Observes Router router) {
        router.route().failureHandler(call -> {
            if (call.response().headWritten()) {
                call.next();
            } else if (call.failure() instanceof ForbiddenException) {
                answer(call, Response.Status.FORBIDDEN, "This token's role does not allow it.");
            } else {
                call.next();
            }
        });
    }

    static void answer(RoutingContext call, Response.Status status, String why) {
        call.response()
                .setStatusCode(status.getStatusCode())
                .putHeader(HttpHeaders.CONTENT_TYPE, Problem.MEDIA_TYPE)
                .end(json(Problem.of(status, why)));
    }

    private static String json(Problem problem) {
        try {
            return JSON.writeValueAsString(problem);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a record of texts and numbers", e);
        }
    }
}
