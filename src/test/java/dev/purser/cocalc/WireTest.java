package dev.purser.cocalc;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

class WireTest {

    private static final String SUCCESS = "{\"success\":true}";

    /** Without the deadline these calls would last for ever, so there is room for a machine with other work. */
    private static final Duration A_BUSY_MACHINES_TIMEOUT = TestDoor.TIMEOUT.plusSeconds(6);

    @Test
    void a_503_is_sent_once_and_stays_unknown() {
        check_that_status_is_asked_once_and_unknown("503 Service Unavailable");
    }

    @Test
    void a_429_is_sent_once_and_stays_unknown() {
        check_that_status_is_asked_once_and_unknown("429 Too Many Requests");
    }

    private static void check_that_status_is_asked_once_and_unknown(String status) {
        try (RawServer server = new RawServer((request, socket, out) ->
                        RawServer.send(out, status, "application/json\r\nRetry-After: 0", SUCCESS));
                TestDoor door = new TestDoor(server.url(), Dialect.LIVING)) {
            Answer<Boolean> answer = door.cocalc().checkout();

            assertThat(answer).isEqualTo(new Answer.Unknown<>("HTTP " + status.substring(0, 3)));
            assertThat(server.requests).hasSize(1);
        }
    }

    @Test
    void a_redirect_is_not_followed() {
        for (String status : new String[] {"308 Permanent Redirect", "302 Found", "307 Temporary Redirect"}) {
            try (RawServer server = new RawServer((request, socket, out) -> RawServer.send(
                            out, status, "text/plain\r\nLocation: /api/v2/elsewhere", "/api/v2/elsewhere"));
                    TestDoor door = new TestDoor(server.url(), Dialect.LIVING)) {
                Answer<Boolean> answer = door.cocalc().checkout();

                assertThat(answer).isEqualTo(new Answer.Unknown<>("HTTP " + status.substring(0, 3)));
                assertThat(server.requests).hasSize(1);
            }
        }
    }

    @Test
    void a_reset_after_the_request_is_unknown_and_not_repeated() {
        try (RawServer server = new RawServer((request, socket, out) -> {
                    socket.setSoLinger(true, 0);
                    socket.close();
                });
                TestDoor door = new TestDoor(server.url(), Dialect.LIVING)) {
            assertThat(door.cocalc().checkout()).isInstanceOf(Answer.Unknown.class);
            assertThat(door.cocalc().balance()).isInstanceOf(Answer.Unknown.class);
            assertThat(server.requests).hasSize(2);
        }
    }

    @Test
    void a_connection_closed_without_a_word_is_unknown() {
        try (RawServer server = new RawServer((request, socket, out) -> socket.close());
                TestDoor door = new TestDoor(server.url(), Dialect.LIVING)) {
            assertThat(door.cocalc().checkout()).isInstanceOf(Answer.Unknown.class);
            assertThat(server.requests).hasSize(1);
        }
    }

    @Test
    void no_answer_ends_within_the_timeout() {
        try (RawServer server = new RawServer((request, socket, out) -> forever());
                TestDoor door = new TestDoor(server.url(), Dialect.LIVING)) {
            check_unknown_in_time(door);
        }
    }

    @Test
    void a_drip_of_one_byte_at_a_time_ends_within_the_timeout() {
        try (RawServer server = new RawServer((request, socket, out) -> {
                    out.write("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n".getBytes());
                    drip(out);
                });
                TestDoor door = new TestDoor(server.url(), Dialect.LIVING)) {
            check_unknown_in_time(door);
        }
    }

    @Test
    void a_drip_of_headers_ends_within_the_timeout() {
        try (RawServer server = new RawServer((request, socket, out) -> {
                    out.write("HTTP/1.1 200 OK\r\nX-Slow: ".getBytes());
                    drip(out);
                });
                TestDoor door = new TestDoor(server.url(), Dialect.LIVING)) {
            check_unknown_in_time(door);
        }
    }

    @Test
    void a_compile_may_take_its_own_time_on_top_of_the_timeout() {
        try (RawServer server = new RawServer((request, socket, out) -> {
                    java.util.concurrent.locks.LockSupport.parkNanos(
                            TestDoor.TIMEOUT.plusMillis(700).toNanos());
                    RawServer.json(out, "{\"compile\":{\"exit_code\":0},\"url\":\"https://c/a.pdf\"}");
                });
                TestDoor door = new TestDoor(server.url(), Dialect.LIVING)) {
            assertThat(door.cocalc()
                            .latex(new CoCalc.LatexJob("a.tex", "x", null, null, Duration.ofSeconds(5)))
                            .isDone())
                    .isTrue();
            assertThat(door.cocalc().stopProject(java.util.UUID.randomUUID())).isInstanceOf(Answer.Unknown.class);
        }
    }

    private static void check_unknown_in_time(TestDoor door) {
        long start = System.nanoTime();

        Answer<Boolean> answer = door.cocalc().checkout();

        assertThat(answer).isInstanceOf(Answer.Unknown.class);
        assertThat(Duration.ofNanos(System.nanoTime() - start))
                .isBetween(TestDoor.TIMEOUT.minusMillis(100), A_BUSY_MACHINES_TIMEOUT);
    }

    @Test
    void a_hundred_megabytes_are_not_read_to_the_end() {
        long[] written = {0};
        try (RawServer server = new RawServer((request, socket, out) -> {
                    out.write(
                            ("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 104857602\r\n\r\n\"")
                                    .getBytes());
                    byte[] megabyte = " ".repeat(1 << 20).getBytes();
                    for (; written[0] < 100; written[0]++) {
                        out.write(megabyte);
                    }
                });
                TestDoor door = new TestDoor(server.url(), Dialect.LIVING)) {
            assertThat(door.cocalc().cart())
                    .isEqualTo(new Answer.Unknown<>("IOException: the answer is larger than 67108864 bytes"));
            assertThat(written[0]).isLessThan(90);
        }
    }

    @Test
    void a_compressed_answer_is_unknown() {
        try (RawServer server = new RawServer((request, socket, out) -> {
                    ByteArrayOutputStream zipped = new ByteArrayOutputStream();
                    try (GZIPOutputStream gzip = new GZIPOutputStream(zipped)) {
                        gzip.write(SUCCESS.getBytes(StandardCharsets.US_ASCII));
                    }
                    out.write(
                            ("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Encoding: gzip\r\nContent-Length: "
                                            + zipped.size() + "\r\n\r\n")
                                    .getBytes(StandardCharsets.US_ASCII));
                    zipped.writeTo(out);
                });
                TestDoor door = new TestDoor(server.url(), Dialect.LIVING)) {
            assertThat(door.cocalc().checkout()).isInstanceOf(Answer.Unknown.class);
            assertThat(server.requests.get(0).head()).doesNotContainIgnoringCase("accept-encoding");
        }
    }

    @Test
    void html_truncated_and_empty_bodies_with_status_200_are_unknown() {
        Map<String, String> bodies = Map.of(
                "text/html",
                "<!DOCTYPE html>",
                "text/html; charset=utf-8",
                SUCCESS,
                "application/json",
                "{\"success\":tr",
                "application/json; x=y",
                "");
        bodies.forEach((type, body) -> {
            try (RawServer server = new RawServer((request, socket, out) -> RawServer.send(out, "200 OK", type, body));
                    TestDoor door = new TestDoor(server.url(), Dialect.LIVING)) {
                assertThat(door.cocalc().checkout()).isInstanceOf(Answer.Unknown.class);
            }
        });
    }

    @Test
    void a_body_shorter_than_announced_is_unknown() {
        try (RawServer server = new RawServer((request, socket, out) -> {
                    out.write(("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 500\r\n\r\n"
                                    + SUCCESS)
                            .getBytes());
                    out.flush();
                    socket.close();
                });
                TestDoor door = new TestDoor(server.url(), Dialect.LIVING)) {
            assertThat(door.cocalc().checkout()).isInstanceOf(Answer.Unknown.class);
        }
    }

    @Test
    void a_refused_connection_is_not_sent() throws IOException {
        String url;
        try (ServerSocket nobody = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            url = "http://127.0.0.1:" + nobody.getLocalPort() + "/api/v2";
        }
        try (TestDoor door = new TestDoor(url, Dialect.LIVING)) {
            assertThat(door.cocalc().checkout()).isInstanceOf(Answer.NotSent.class);
        }
    }

    @Test
    void an_unknown_host_is_not_sent() {
        try (TestDoor door = new TestDoor("https://no-such-host.invalid/api/v2", Dialect.LIVING)) {
            assertThat(door.cocalc().checkout()).isInstanceOf(Answer.NotSent.class);
        }
    }

    @Test
    void a_failed_tls_handshake_is_not_sent() {
        try (RawServer server = new RawServer((request, socket, out) -> {});
                TestDoor door = new TestDoor(server.httpsUrl(), Dialect.LIVING)) {
            Answer<Boolean> answer = door.cocalc().checkout();

            assertThat(answer).isInstanceOf(Answer.NotSent.class);
            assertThat(server.requests).isEmpty();
        }
    }

    @Test
    void a_tls_server_that_never_shakes_hands_is_not_sent_and_ends_in_time() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
                TestDoor door =
                        new TestDoor("https://127.0.0.1:" + silent.getLocalPort() + "/api/v2", Dialect.LIVING)) {
            long start = System.nanoTime();

            assertThat(door.cocalc().checkout()).isInstanceOf(Answer.NotSent.class);
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(A_BUSY_MACHINES_TIMEOUT);
        }
    }

    @Test
    void calls_that_change_something_never_use_a_connection_that_was_used_before() {
        try (RawServer server = new RawServer((request, socket, out) ->
                        RawServer.json(out, request.path().endsWith("get-balance") ? "1.5" : SUCCESS));
                TestDoor door = new TestDoor(server.url(), Dialect.LIVING)) {
            door.cocalc().balance();
            door.cocalc().balance();
            door.cocalc().checkout();
            door.cocalc().checkout();
            door.cocalc().balance();

            assertThat(server.requests)
                    .extracting(RawServer.Request::connection)
                    .containsExactly(1, 1, 2, 3, 1);
        }
    }

    @Test
    void a_kept_connection_that_the_server_has_half_closed_costs_no_checkout() {
        CountDownLatch closed = new CountDownLatch(1);
        try (RawServer server = new RawServer((request, socket, out) -> {
                    RawServer.json(out, request.path().endsWith("get-balance") ? "1.5" : SUCCESS);
                    if (request.path().endsWith("get-balance")) {
                        out.flush();
                        socket.shutdownOutput();
                        closed.countDown();
                    }
                });
                TestDoor door = new TestDoor(server.url(), Dialect.LIVING)) {
            assertThat(door.cocalc().balance().isDone()).isTrue();
            closed.await();

            assertThat(door.cocalc().checkout()).isEqualTo(new Answer.Done<>(true));
            assertThat(server.requests).hasSize(2);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void a_stopped_route_sends_nothing_and_says_so_at_once() {
        try (RawServer server = new RawServer((request, socket, out) -> RawServer.json(out, SUCCESS))) {
            TestDoor door = new TestDoor(server.url(), Dialect.LIVING);
            door.close();

            long start = System.nanoTime();
            assertThat(door.cocalc().checkout()).isInstanceOf(Answer.NotSent.class);
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(A_BUSY_MACHINES_TIMEOUT);
            assertThat(server.requests).isEmpty();
        }
    }

    @Test
    void the_request_is_a_plain_post_with_a_bearer_key() {
        try (RawServer server = new RawServer((request, socket, out) -> RawServer.json(out, SUCCESS));
                TestDoor door = new TestDoor(server.url(), Dialect.LIVING)) {
            door.cocalc().checkout();

            RawServer.Request request = server.requests.get(0);
            assertThat(request.line()).isEqualTo("POST /api/v2/purchases/shopping-cart-checkout HTTP/1.1");
            assertThat(request.head()
                            .lines()
                            .skip(1)
                            .filter(line -> !line.isEmpty())
                            .map(line -> line.replaceAll(":\\d+$", "")))
                    .containsExactlyInAnyOrder(
                            "Authorization: Bearer " + TestDoor.KEY,
                            "Content-Type: application/json",
                            "Accept: application/json",
                            "User-Agent: purser",
                            "Content-Length: 2",
                            "Host: 127.0.0.1",
                            "Connection: keep-alive");
            assertThat(request.body()).isEqualTo("{}");
        }
    }

    private static void forever() throws InterruptedException {
        new CountDownLatch(1).await();
    }

    /** Ends when the client hangs up. */
    private static void drip(java.io.OutputStream out) throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        while (true) {
            out.write(" ".getBytes(StandardCharsets.US_ASCII));
            out.flush();
            never.await(20, java.util.concurrent.TimeUnit.MILLISECONDS);
        }
    }
}
