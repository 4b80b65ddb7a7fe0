package dev.purser.console.api;

import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import io.quarkus.security.ForbiddenException;
import jakarta.ws.rs.NotAllowedException;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
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
                : Problem.of(status, wayOut(status)).response();
    }

    private static String wayOut(Response.StatusType status) {
        return switch (status.getStatusCode()) {
            case 400 -> "The request cannot be read; /q/openapi tells what this address reads.";
            case 406 -> "This address does not answer in any form that Accept asks for; /q/openapi lists those it has.";
            case 413 -> "The body is larger than 10 MB; send several, or a CSV to /api/v1/imports.";
            case 415 -> "This address does not read this Content-Type; /q/openapi lists those it reads.";
            default -> "The request cannot be answered as it is: " + status.getReasonPhrase() + ".";
        };
    }

    /** JSON, but of another shape than the address reads. */
    @ServerExceptionMapper
    Response misshapen(MismatchedInputException body) {
        String pointer = body.getPath().stream()
                .map(step -> "/" + (step.getFieldName() == null ? step.getIndex() : step.getFieldName()))
                .collect(Collectors.joining());
        String detail = pointer.isEmpty() ? "must be a JSON object" : "is not of the kind that /q/openapi tells";
        return Problem.ofBody(List.of(new Problem.Part(null, detail, pointer))).response();
    }

    @ServerExceptionMapper
    Response notForThisRole(ForbiddenException role) {
        return Problem.of(Response.Status.FORBIDDEN, "This token's role does not allow it.")
                .response();
    }

    /** The log has the stack trace; the caller gets only the number to look for. */
    @ServerExceptionMapper
    Response broken(Throwable broken) {
        if (isOfAForm(broken)) {
            return Problem.of(
                            Response.Status.BAD_REQUEST,
                            "The form cannot be read: it does not end with the boundary that its Content-Type names, or a part of"
                                    + " it is none.")
                    .response();
        }
        String number = UUID.randomUUID().toString();
        LOG.errorf(broken, "A request failed; error %s", number);
        return Problem.of(
                        Response.Status.INTERNAL_SERVER_ERROR,
                        "Purser could not answer. Its log says why, at error " + number + ".")
                .response();
    }

    /** It breaks off, or is none: the framework has no type for that, so it is known by where it was found, and by no cause of ours. */
    private static boolean isOfAForm(Throwable broken) {
        StackTraceElement[] from = broken.getStackTrace();
        return broken.getCause() == null
                && from.length > 0
                && from[0].getClassName().startsWith("org.jboss.resteasy.reactive.server.core.multipart.");
    }
}
