package dev.purser.provisioning;

import dev.purser.kernel.OrderId;
import dev.purser.kernel.PurchasingAccount;
import dev.purser.provisioning.SimDatabase.Sent;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** One of the stores that are compared, with what people and partners do to its tables. */
interface StoreWorld {

    /** @param holder one of two instances */
    Store store(int holder);

    /** In one transaction. @param fails at its commit, if it has changed anything: then nothing of it is kept */
    <T> T transaction(boolean fails, Supplier<T> work);

    /** As the check of its key does at the start. */
    void bind(PurchasingAccount account);

    void accept(Sent order);

    void expire(PurchasingAccount account);

    /** Half of its lease is over. */
    void age(PurchasingAccount account);

    /** @param account null: all */
    void pause(PurchasingAccount account);

    void resume(PurchasingAccount account);

    void cancel(OrderId order);

    void approve(OrderId order);

    /** An order that ended without a purchase begins anew, and its account is known. */
    void reopen(OrderId order);

    /** Everything that is kept, one line for each row, with names instead of a store's own numbers and without its times. */
    List<String> rows();

    String orderOf(long ref);

    /** Thrown at the commit of a transaction that is to fail. */
    final class Crash extends RuntimeException {}

    static String account(UUID id) {
        return id == null ? "-" : "account" + id.getLeastSignificantBits();
    }

    static String row(Object... columns) {
        return Stream.of(columns).map(String::valueOf).collect(Collectors.joining(" "));
    }
}
