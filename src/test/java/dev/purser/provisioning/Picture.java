package dev.purser.provisioning;

import dev.purser.budget.Room;
import dev.purser.orders.OrderState;
import dev.purser.provisioning.Standing.PaidLine;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A standing with names instead of a store's own numbers, and without its times. */
final class Picture {

    private final List<String> lines = new ArrayList<>();

    private Picture() {}

    static Picture of(Standing standing, StoreWorld world) {
        Picture picture = new Picture();
        picture.add("paused", standing.paused());
        picture.add("looked", standing.lookedAt() != null);
        picture.add(
                "balance",
                standing.balance() == null ? "none" : standing.balance().setScale(2));
        picture.add("bound", sorted(standing.bound().stream().map(Picture::of)));
        picture.add("named", sorted(standing.named().values().stream().map(Picture::of)));
        picture.add(
                "open checkout",
                standing.openCheckout()
                        .map(open -> open.state() + " " + (open.disarmedAt() != null) + " "
                                + open.lines().stream().map(Picture::of).toList()));
        if (standing.openCheckout().isEmpty()) {
            // The rest is not looked at before an open one is resolved.
            picture.addRest(standing, world);
        }
        return picture;
    }

    private void addRest(Standing standing, StoreWorld world) {
        add("room", of(standing.room()));
        add(
                "elsewhere",
                standing.elsewhere().stream()
                        .map(other -> of(other.room()) + " "
                                + (other.balance() == null
                                        ? ""
                                        : other.balance().setScale(2)))
                        .toList());
        add("due", standing.due().stream().map(Picture::of).toList());
        add("held", sorted(standing.held().stream().map(Picture::of)));
        add("open adds", sorted(standing.openAdds().stream().map(open -> world.orderOf(open.orderRef()))));
        add(
                "added since look",
                sorted(standing.addedSinceLook().keySet().stream().map(world::orderOf)));
        add(
                "bought before",
                sorted(standing.boughtBefore().stream()
                        .map(bought -> of(bought.line()) + " " + StoreWorld.account(bought.account()) + " "
                                + bought.itemId() + " " + bought.license())));
        add("ticks", sorted(standing.foreignTicks().stream().map(String::valueOf)));
        add("reticked", standing.retickedAt() != null);
        add(
                "unproven",
                standing.billing().unproven().stream()
                        .map(each -> each.booked() + " "
                                + each.lines().stream().map(Picture::of).toList() + " "
                                + sorted(each.items().stream().map(String::valueOf)))
                        .toList());
        add(
                "taken out",
                sorted(standing.bound().stream()
                        .filter(line -> line.cancelAsked()
                                || line.state() == OrderState.RESOLVED
                                || line.state() == OrderState.IN_CART)
                        .map(line -> line.orderId() + " " + takenOut(standing, line))));
    }

    private static List<String> takenOut(Standing standing, Line line) {
        return sorted(standing.removals().stream()
                .filter(removal -> removal.orderRef() == line.ref())
                .map(removal -> String.valueOf(Math.max(0, removal.itemId()))));
    }

    private void add(String name, Object value) {
        lines.add(name + ": " + value);
    }

    private static List<String> sorted(Stream<String> values) {
        return values.sorted().toList();
    }

    private static String of(Line line) {
        return StoreWorld.row(
                line.orderId(),
                line.state(),
                line.state() == OrderState.HELD ? line.code() : null,
                StoreWorld.account(line.account()),
                line.itemId(),
                line.quotedCost(),
                line.approvedCost(),
                line.isOpen() && line.cancelAsked(),
                line.campaign(),
                line.ownPrice());
    }

    private static String of(PaidLine line) {
        return line.orderId() + "/" + line.itemId() + "/" + line.price();
    }

    private static String of(Room room) {
        return StoreWorld.row(room.day(), room.month().reserved(), room.month().spent(), room.approvalAbove());
    }

    @Override
    public String toString() {
        return String.join(System.lineSeparator(), lines);
    }
}
