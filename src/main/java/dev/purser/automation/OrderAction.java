package dev.purser.automation;

import dev.purser.kernel.OrderId;
import org.jspecify.annotations.Nullable;

/** What a person may do with an order, done by a program. */
record OrderAction(Kind kind, OrderId orderId) implements Deed {

    enum Kind {
        CANCEL,
        RETRY,
        APPROVE
    }

    static @Nullable Deed cancel(Form form) {
        return read(Kind.CANCEL, form);
    }

    static @Nullable Deed retry(Form form) {
        return read(Kind.RETRY, form);
    }

    static @Nullable Deed approve(Form form) {
        return read(Kind.APPROVE, form);
    }

    private static @Nullable Deed read(Kind kind, Form form) {
        String hint = "1 to 128 of A-Z a-z 0-9 . _ : / -";
        OrderId orderId = form.required(
                "order_id", form.parsed("order_id", form.text("order_id", 128), hint, OrderId::new), hint);
        return orderId == null ? null : new OrderAction(kind, orderId);
    }

    @Override
    public Tried perform(Bench bench) {
        return bench.hands().orders().act(this, bench.actor(), bench.isFirstTry());
    }
}
