package dev.purser.console.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.Tuple;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * The first answer to each request that was sent with a key, for 24 hours, by the rules of the IETF draft
 * "The Idempotency-Key HTTP Header Field". Keys are their caller's own.
 */
@ApplicationScoped
class IdempotencyKeys {

    static final int UNPROCESSABLE = 422;

    private final EntityManager db;
    private final ObjectMapper json;

    IdempotencyKeys(EntityManager db, ObjectMapper json) {
        this.db = db;
        this.json = json;
    }

    /**
     * Does the work in one transaction with the note of its answer, or gives the first answer again.
     *
     * @param fingerprint equal for requests with the same content
     */
    Response once(String caller, IdempotencyKey key, String fingerprint, Supplier<Response> work) {
        UUID claim = UUID.randomUUID();
        Optional<Response> known = QuarkusTransaction.requiringNew().call(() -> claim(caller, key, fingerprint, claim));
        if (known.isPresent()) {
            return known.get();
        }
        try {
            return QuarkusTransaction.requiringNew().call(() -> note(caller, key, claim, work.get()));
        } catch (RuntimeException failed) {
            QuarkusTransaction.requiringNew().run(() -> release(caller, key, claim));
            throw failed;
        }
    }

    /** Empty where the work is ours to do. A claim that its maker left behind ends after a minute. */
    private Optional<Response> claim(String caller, IdempotencyKey key, String fingerprint, UUID claim) {
        db.createNativeQuery("delete from idempotency_key where expires_at < now()")
                .executeUpdate();
        int claimed = db.createNativeQuery("""
                        insert into idempotency_key as known (caller, key, fingerprint, claim, claimed_until, expires_at)
                        values (:caller, :key, :fingerprint, :claim, now() + interval '1 minute', now() + interval '24 hours')
                        on conflict (caller, key) do update set claim = excluded.claim, claimed_until = excluded.claimed_until
                           where known.status is null and known.claimed_until < now() and known.fingerprint = excluded.fingerprint""")
                .setParameter("caller", caller)
                .setParameter("key", key.text())
                .setParameter("fingerprint", fingerprint)
                .setParameter("claim", claim)
                .executeUpdate();
        return claimed == 1 ? Optional.empty() : Optional.of(known(caller, key, fingerprint));
    }

    @SuppressWarnings("unchecked")
    private Response known(String caller, IdempotencyKey key, String fingerprint) {
        List<Tuple> rows = db.createNativeQuery(
                        "select fingerprint, status, location, media_type, body from idempotency_key"
                                + " where caller = :caller and key = :key",
                        Tuple.class)
                .setParameter("caller", caller)
                .setParameter("key", key.text())
                .getResultList();
        Tuple row = rows.isEmpty() ? null : rows.get(0);
        if (row != null && !row.get("fingerprint").equals(fingerprint)) {
            return new Problem(
                            "about:blank",
                            "Unprocessable Content",
                            UNPROCESSABLE,
                            "This Idempotency-Key was used for a request with other content; send a new key.",
                            List.of())
                    .response();
        }
        if (row == null || row.get("status") == null) {
            return Problem.of(
                            Response.Status.CONFLICT,
                            "The first request with this Idempotency-Key is still being answered; send it again in a moment.")
                    .response();
        }
        Response.ResponseBuilder answer = Response.status((Integer) row.get("status"))
                .type((String) row.get("media_type"))
                .entity(row.get("body"));
        return (row.get("location") == null ? answer : answer.location(URI.create((String) row.get("location"))))
                .build();
    }

    /** In the transaction of the work: whoever has taken the claim over does it instead. */
    private Response note(String caller, IdempotencyKey key, UUID claim, Response answer) {
        String body = written(answer.getEntity());
        int noted = db.createNativeQuery("""
                        update idempotency_key set status = :status, location = :location, media_type = :type, body = :body
                         where caller = :caller and key = :key and claim = :claim and status is null""")
                .setParameter("status", answer.getStatus())
                .setParameter(
                        "location",
                        answer.getLocation() == null
                                ? null
                                : answer.getLocation().toString())
                .setParameter("type", answer.getMediaType().toString())
                .setParameter("body", body)
                .setParameter("caller", caller)
                .setParameter("key", key.text())
                .setParameter("claim", claim)
                .executeUpdate();
        if (noted == 0) {
            throw new IllegalStateException("the request took so long that the same one was begun again");
        }
        return Response.fromResponse(answer).entity(body).build();
    }

    private String written(Object entity) {
        try {
            return json.writeValueAsString(entity);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("an answer that is no JSON", e);
        }
    }

    private void release(String caller, IdempotencyKey key, UUID claim) {
        db.createNativeQuery("delete from idempotency_key where caller = :caller and key = :key and claim = :claim"
                        + " and status is null")
                .setParameter("caller", caller)
                .setParameter("key", key.text())
                .setParameter("claim", claim)
                .executeUpdate();
    }
}
