package dev.purser.cocalc;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.apache.hc.client5.http.classic.ExecChain;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.core5.concurrent.Cancellable;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.HttpMessage;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;

/**
 * What every call obeys below Camel: the key is put on last, the whole call ends within the time-out, the answer has a largest
 * size, and the call knows when it went out.
 */
final class Wire implements AutoCloseable {

    /** A cart of ten thousand items or 500 ledger lines with long texts stay far below it. */
    static final int LARGEST_ANSWER = 64 * 1024 * 1024;

    /** Below the 5 s after which CoCalc closes an idle connection. */
    private static final TimeValue IDLE_CONNECTION_LIVES = TimeValue.ofSeconds(2);

    /** At DEBUG they print every header, the key among them, or a server's echo of it. Held here, or their level would be forgotten. */
    private static final List<Logger> SILENCED = Stream.of("headers", "wire", "impl.io.LenientHttpResponseParser")
            .map(log -> Logger.getLogger("org.apache.hc.client5.http." + log))
            .toList();

    private static final Object SHARED = "shared by questions that only read";

    private final Keys keys;
    private final Duration timeout;
    private final ScheduledThreadPoolExecutor alarms;

    Wire(Keys keys, Duration timeout) {
        this.keys = keys;
        this.timeout = timeout;
        this.alarms = new ScheduledThreadPoolExecutor(1, task -> {
            Thread thread = new Thread(task, "cocalc-timeout");
            thread.setDaemon(true);
            return thread;
        });
        alarms.setRemoveOnCancelPolicy(true);
        SILENCED.forEach(log -> log.setLevel(Level.OFF));
    }

    void configure(HttpClientBuilder client) {
        client.addExecInterceptorFirst("purser.bounded", this::bounded)
                .addExecInterceptorLast("purser.under-way", Wire::underWay)
                .setKeepAliveStrategy((response, context) -> IDLE_CONNECTION_LIVES);
    }

    /** The outermost step. The socket's own time-out begins anew with each byte, so a slow drip needs the alarm. */
    private ClassicHttpResponse bounded(ClassicHttpRequest request, ExecChain.Scope scope, ExecChain chain)
            throws IOException, HttpException {
        Call call = (Call) request.getEntity();
        request.setHeader(HttpHeaders.AUTHORIZATION, "Bearer " + key(call));
        // A connection is lent only to calls of the same state: whatever changes something gets a connection of its
        // own,
        // which the server cannot have been about to close.
        scope.clientContext.setUserToken(call.endpoint().onlyReads() ? SHARED : call);
        Duration within = timeout.plus(call.work());
        scope.clientContext.setRequestConfig(RequestConfig.copy(scope.clientContext.getRequestConfigOrDefault())
                .setResponseTimeout(Timeout.of(within))
                .build());
        Deadline deadline = new Deadline(scope);
        Future<?> alarm = alarms.schedule(deadline, within.toMillis(), TimeUnit.MILLISECONDS);
        try {
            ClassicHttpResponse response = chain.proceed(request, scope);
            response.setEntity(new ByteArrayEntity(whole(response), null));
            return response;
        } catch (IOException | RuntimeException e) {
            // Closing the answer would first read the rest of it.
            scope.execRuntime.discardEndpoint();
            if (deadline.passed) {
                throw new IOException("no whole answer within " + within, e);
            }
            throw e;
        } finally {
            alarm.cancel(false);
        }
    }

    private String key(Call call) throws IOException {
        KeySource source = keys.of(call.account());
        return call.endpoint() == Endpoint.IDENTITY ? source.key() : source.keyOfAccount();
    }

    /** The innermost step: the connection stands, TLS included, and the next thing is to write. */
    private static ClassicHttpResponse underWay(ClassicHttpRequest request, ExecChain.Scope scope, ExecChain chain)
            throws IOException, HttpException {
        Call call = (Call) request.getEntity();
        if (call.isUnderWay()) {
            throw new IOException("refused to send the same call twice");
        }
        call.setUnderWay();
        return chain.proceed(request, scope);
    }

    private static byte[] whole(ClassicHttpResponse response) throws IOException {
        if (isEncoded(response)) {
            throw new IOException("the answer is compressed, which was not asked for");
        }
        HttpEntity entity = response.getEntity();
        if (entity == null) {
            return new byte[0];
        }
        InputStream in = entity.getContent();
        byte[] body = in.readNBytes(LARGEST_ANSWER + 1);
        if (body.length > LARGEST_ANSWER) {
            throw new IOException("the answer is larger than " + LARGEST_ANSWER + " bytes");
        }
        return body;
    }

    private static boolean isEncoded(HttpMessage response) {
        var encoding = response.getFirstHeader(HttpHeaders.CONTENT_ENCODING);
        return encoding != null && !encoding.getValue().equalsIgnoreCase("identity");
    }

    @Override
    public void close() {
        alarms.shutdownNow();
    }

    /** Hangs up, which ends a blocked connect, write or read at once. */
    private static final class Deadline implements Runnable {

        private final ExecChain.Scope scope;
        private volatile boolean passed;

        Deadline(ExecChain.Scope scope) {
            this.scope = scope;
        }

        @Override
        public void run() {
            passed = true;
            ((Cancellable) scope.originalRequest).cancel();
        }
    }
}
