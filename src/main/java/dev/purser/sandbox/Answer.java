package dev.purser.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;

/** A reply before it is written: without a content type it goes out chunked, as Next.js sends its own errors. */
record Answer(int status, String contentType, String body, Map<String, String> headers) {
    private static final String JSON = "application/json; charset=utf-8";
    private static final String HTML = "text/html; charset=utf-8";

    static Answer json(String body) {
        return new Answer(200, JSON, body, Map.of());
    }

    static Answer json(int status, JsonNode body) {
        return new Answer(status, JSON, Json.write(body), Map.of());
    }

    static Answer error(String text) {
        return json(Json.write(Json.object().put("error", text)));
    }

    static Answer html(int status, String title) {
        return new Answer(
                status,
                HTML,
                "<!DOCTYPE html><html lang=\"en-US\"><head><meta charset=\"utf-8\"/><title>" + title
                        + "</title></head><body><h1>" + title + "</h1></body></html>",
                Map.of());
    }

    static Answer notFound() {
        return new Answer(
                404,
                HTML,
                html(404, "Page not found").body(),
                Map.of("Cache-Control", "private, no-cache, no-store, max-age=0, must-revalidate"));
    }

    static Answer text(int status, String contentType, String text) {
        return new Answer(status, contentType, text, Map.of());
    }

    static Answer bare(int status, String text) {
        return new Answer(status, "", text, Map.of());
    }

    static Answer redirect(String path) {
        return new Answer(308, "", path, Map.of("Location", path));
    }

    Answer withBody(String other) {
        return new Answer(status, contentType, other, headers);
    }

    /** Next.js' entity tag: 52 bits of FNV-1a over the characters and the length, both in base 36. */
    String etag() {
        long hash = 0xcbf29ce484222325L;
        for (int i = 0; i < body.length(); i++) {
            hash = (hash ^ body.charAt(i)) * 0x100000001b3L;
        }
        long top = hash >>> 48;
        long folded = (top & 15) << 48 | hash & 0xffff_ffff_0000L | (hash & 0xffff) ^ top >>> 4;
        return '"' + Long.toString(folded, 36) + Integer.toString(body.length(), 36) + '"';
    }
}
