package dev.purser.sandbox;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerRequest;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Node closes a connection that has been idle for five seconds, and says so in advance. */
final class KeepAlive {
    private static final int SECONDS = 5;

    private final Vertx vertx;
    private final Map<HttpConnection, Long> timers = new ConcurrentHashMap<>();

    KeepAlive(Vertx vertx) {
        this.vertx = vertx;
    }

    void requestBegins(HttpConnection connection) {
        Long timer = timers.remove(connection);
        if (timer != null) {
            vertx.cancelTimer(timer);
        }
    }

    void requestEnds(HttpConnection connection) {
        timers.put(connection, vertx.setTimer(SECONDS * 1000L, fired -> {
            if (timers.remove(connection, fired)) {
                connection.close();
            }
        }));
    }

    void announce(HttpServerRequest request) {
        if (!"close".equalsIgnoreCase(request.getHeader("Connection"))) {
            request.response().putHeader("Connection", "keep-alive").putHeader("Keep-Alive", "timeout=" + SECONDS);
        }
    }
}
