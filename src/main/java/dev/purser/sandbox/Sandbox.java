package dev.purser.sandbox;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A pretend CoCalc API v2 on loopback, faithful to what was recorded, with handles to break it. */
public final class Sandbox implements AutoCloseable {
    private static final int THREADS = 64;

    private final Vertx vertx;
    private final HttpServer server;
    private final World world;

    private Sandbox(Vertx vertx, HttpServer server, World world) {
        this.vertx = vertx;
        this.server = server;
        this.world = world;
    }

    /** Starts an empty sandbox that forgets everything when it is closed; port 0 takes a free one. */
    public static Sandbox start(int port, Clock clock) {
        return start(port, clock, null);
    }

    /** Starts a sandbox whose accounts, carts, purchases and licenses live on in the file. */
    public static Sandbox start(int port, Clock clock, @Nullable Path stateFile) {
        World world = World.open(clock, stateFile);
        Vertx vertx = Vertx.vertx(new VertxOptions()
                .setEventLoopPoolSize(2)
                .setWorkerPoolSize(THREADS)
                .setFileSystemOptions(
                        new FileSystemOptions().setFileCachingEnabled(false).setClassPathResolvingEnabled(false)));
        HttpServerOptions options = new HttpServerOptions()
                .setHost("127.0.0.1")
                .setPort(port)
                .setHandle100ContinueAutomatically(true)
                .setHttp2ClearTextEnabled(false);
        Api api = new Api(vertx, world);
        HttpLayer http = new HttpLayer(api, new Control(world), world.pace(), new KeepAlive(vertx), clock);
        HttpServer server = vertx.createHttpServer(options).requestHandler(http::handle);
        try {
            server.listen().toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
        } catch (Exception refused) {
            vertx.close();
            world.tables().close();
            throw new IllegalStateException("The sandbox cannot listen on port " + port, refused);
        }
        return new Sandbox(vertx, server, world);
    }

    public int port() {
        return server.actualPort();
    }

    /** The base address to hand to whoever is to believe that this is CoCalc. */
    public String url() {
        return "http://127.0.0.1:" + port() + "/api/v2";
    }

    @Override
    public void close() {
        try {
            vertx.close().toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
        } catch (Exception stuck) {
            throw new IllegalStateException("The sandbox does not stop", stuck);
        } finally {
            world.tables().close();
        }
    }
}
