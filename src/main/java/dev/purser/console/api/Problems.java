package dev.purser.console.api;

import io.quarkus.security.ForbiddenException;
import jakarta.ws.rs.NotAllowedException;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import java.util.UUID;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Turns what the framework throws, and what nobody foresaw, into problems. */
class Problems {

    private static final Logger LOG = Logger.getLogger(Problems.class);

    @ServerExceptionMapper
    Response notFound(NotFoundException nothingThere) {
        return Problem.of(
                        Response.Status.NOT_FOUND, "There is nothing at this address; /q/openapi lists what there is.")
                .response();
    }

    @ServerExceptionMapper
    Response notAllowed(NotAllowedException wrongMethod) {
        return Problem.of(
                        Response.Status.METHOD_NOT_ALLOWED,
                        "This address does not take this method; /q/openapi lists what it takes.")
                .response();
    }

    @ServerExceptionMapper
    Response refused(WebApplicationException refused) {
        Response.StatusType status = refused.getResponse().getStatusInfo();
        return status.getFamily() == Response.Status.Family.SERVER_ERROR
                ? broken(refused)
                : Problem.of(status, "The request cannot be answered as it is: " + status.getReasonPhrase() + ".")
                        .response();
    }

    @ServerExceptionMapper
    Response notForThisRole(ForbiddenException role) {
        return Problem.of(Response.Status.FORBIDDEN, "This token's role does not allow it.")
                .response();
    }

    /** The log has the stack trace; the caller gets only the number to look for. */
    @ServerExceptionMapper
    Response broken(Throwable broken) {
        String number = UUID.randomUUID().toString();
        LOG.errorf(broken, "A request failed; error %s", number);
        return Problem.of(
                        Response.Status.INTERNAL_SERVER_ERROR,
                        "Purser could not answer. Its log says why, at error " + number + ".")
                .response();
    }
}
