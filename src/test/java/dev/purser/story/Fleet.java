package dev.purser.story;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/** Instances on one database, drop folder, topic and purchasing account, and the orders that were sent to them. */
final class Fleet implements AutoCloseable {

    static final Duration LEASE = Duration.ofSeconds(4);
    /** The time-out and the longest request. */
    static final Duration QUIET = Duration.ofSeconds(4);

    private final FragileParts parts;
    private final SandboxLedger ledger;
    private final OrdersTopic topic;
    private final String name;
    private final String customer;
    private final PurserProcess pattern;
    private final List<PurserProcess> instances = new ArrayList<>();
    private final List<String> byFile = new ArrayList<>();
    private final List<String> byEvent = new ArrayList<>();
    private int files;

    Fleet(FragileParts parts, String name) {
        this.parts = parts;
        this.name = name;
        ledger = parts.ledger();
        ledger.throttleOff();
        topic = new OrdersTopic(parts.brokers());
        customer = ledger.newCustomer();
        pattern = PurserProcess.of(name, parts.newDatabase(), parts.brokers(), parts.cocalcUrl())
                .with("PURSER_ACCOUNTS_MAIN_API_KEY", ledger.newBuyer())
                .with("PURSER_THROTTLE", "off")
                .with("PURSER_BATCH", "5")
                .with("PURSER_BUDGET_PER_DAY", "100000")
                .with("PURSER_LEASE", LEASE.toString())
                .with("PURSER_COCALC_TIMEOUT", "PT1.5S")
                .with("PURSER_COCALC_LONGEST_REQUEST", "PT2.5S")
                // Kafka gives the records of a killed instance to another only after this.
                .with(
                        "JAVA_TOOL_OPTIONS",
                        "-Dcamel.component.kafka.session-timeout-ms=6000"
                                + " -Dcamel.component.kafka.heartbeat-interval-ms=1000");
    }

    /** Not yet started. */
    PurserProcess instance() {
        PurserProcess instance = pattern.sibling(name + "-" + (instances.size() + 1));
        instances.add(instance);
        return instance;
    }

    /** It will end itself there. @param failpoint for example {@code checkout.after:1} */
    PurserProcess instanceThatEndsAt(String failpoint) {
        return instance().with("PURSER_FAILPOINT", failpoint);
    }

    void orderByFile(int count) {
        List<String> ids = ids(count);
        byFile.addAll(ids);
        drop(ids);
    }

    private void drop(List<String> ids) {
        files++;
        pattern.inbox()
                .drop(
                        name + "-" + files + ".csv",
                        ADropFolder.HEADER
                                + ids.stream()
                                        .map(id -> ADropFolder.row(id, customer))
                                        .reduce("", String::concat));
    }

    void orderByEvent(int count) {
        List<String> ids = ids(count);
        byEvent.addAll(ids);
        topic.sendOrders(ids, customer);
    }

    /** The rows in one file under another name, the events as they were. */
    void sendEverythingAgain() {
        drop(byFile);
        topic.sendOrders(byEvent, customer);
    }

    private List<String> ids(int count) {
        String run = UUID.randomUUID().toString().substring(0, 8);
        return IntStream.range(0, count)
                .mapToObj(i -> name + "/" + run + "/" + i)
                .toList();
    }

    List<String> sent() {
        return Stream.concat(byFile.stream(), byEvent.stream()).toList();
    }

    List<PurserProcess> running() {
        return instances.stream().filter(PurserProcess::isAlive).toList();
    }

    FragileParts parts() {
        return parts;
    }

    String ask(String query) {
        return pattern.ask(query);
    }

    int count(String condition) {
        return Integer.parseInt(ask("select count(*) from orders where " + condition));
    }

    /** Orders that were bought by now. */
    int bought() {
        return count("license_id is not null");
    }

    void awaitBought(int orders) {
        Awaitility.await(orders + " are bought")
                .atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(50))
                .ignoreException(IllegalStateException.class)
                .until(() -> bought() >= orders);
    }

    /** Rises with each instance that takes the purchasing account. */
    long fence() {
        return Long.parseLong(ask("select coalesce(max(fence), 0) from purchasing_account"));
    }

    /** Whether it is this one that buys. */
    boolean holds(PurserProcess instance) {
        String holder = ask("select coalesce(max(holder), '') from purchasing_account");
        return holder.startsWith(instance.pid() + "-");
    }

    /** How long from {@code since} until another instance holds the purchasing account. */
    Duration takeover(long fenceBefore, long sinceNanos) {
        Awaitility.await("another instance takes over")
                .atMost(Duration.ofSeconds(60))
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(25))
                .until(() -> fence() > fenceBefore);
        return Duration.ofNanos(System.nanoTime() - sinceNanos);
    }

    /** All at once, as an orchestrator does. */
    void stop() {
        List<PurserProcess> running = running();
        running.forEach(PurserProcess::terminate);
        running.forEach(PurserProcess::awaitExit);
    }

    @Override
    public String toString() {
        return name;
    }

    /** Leaves nothing to the next one, which reads the same topic. */
    @Override
    public void close() {
        running().forEach(PurserProcess::kill);
        if (!byEvent.isEmpty()) {
            topic.empty();
        }
    }
}
