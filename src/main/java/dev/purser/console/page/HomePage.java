package dev.purser.console.page;

import dev.purser.console.Broker;
import dev.purser.console.Counting;
import dev.purser.console.Stats;
import dev.purser.intake.Imports;
import dev.purser.kernel.OrderId;
import dev.purser.orders.Filter;
import dev.purser.orders.OrderState;
import dev.purser.orders.OrderView;
import dev.purser.orders.Orders;
import dev.purser.provisioning.AccountView;
import dev.purser.provisioning.AccountViews;
import dev.purser.provisioning.Pauses;
import dev.purser.reconciliation.Discrepancies;
import dev.purser.reconciliation.Reconciliations;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Clock;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** For people: how things stand, and what to do next. */
@Path("/")
@Produces(MediaType.TEXT_HTML)
class HomePage {

    private static final int LATEST_ORDERS = 20;
    private static final int LATEST_IMPORTS = 5;
    private static final int LATEST_HELD = 100;

    private final Orders orders;
    private final AccountViews accounts;
    private final Pauses pauses;
    private final Imports imports;
    private final Counting counting;
    private final Reconciliations reconciliations;
    private final Discrepancies discrepancies;
    private final Broker broker;
    private final Clock clock;
    private final String inbox;

    HomePage(
            Orders orders,
            AccountViews accounts,
            Pauses pauses,
            Imports imports,
            Counting counting,
            Reconciliations reconciliations,
            Discrepancies discrepancies,
            Broker broker,
            Clock clock,
            @ConfigProperty(name = "purser.drop-uri", defaultValue = "file:data/inbox") String dropUri) {
        this.orders = orders;
        this.accounts = accounts;
        this.pauses = pauses;
        this.imports = imports;
        this.counting = counting;
        this.reconciliations = reconciliations;
        this.discrepancies = discrepancies;
        this.broker = broker;
        this.clock = clock;
        this.inbox = DropPlace.of(dropUri);
    }

    @CheckedTemplate(basePath = "console")
    static final class Templates {
        static native TemplateInstance home(Home home);

        static native TemplateInstance order(OrderRow row, List<EventRow> history);
    }

    @GET
    @Operation(hidden = true)
    public TemplateInstance home() {
        Stats stats = counting.recently();
        List<AccountView> views = accounts.views();
        List<OrderView> held = stats.of(OrderState.HELD) == 0
                ? List.of()
                : orders.page(new Filter(OrderState.HELD, null, null, null, null), LATEST_HELD)
                        .items();
        List<OrderView> latest = orders.page(new Filter(null, null, null, null, null), LATEST_ORDERS)
                .items();
        return Templates.home(new Home(
                Wording.time(clock.instant()),
                stats,
                Arrays.stream(OrderState.values())
                        .map(state -> new Tile(state, Wording.state(state), OrderRow.kind(state), stats.of(state)))
                        .toList(),
                advice(stats, views, held),
                views.stream().map(AccountRow::of).toList(),
                latest.stream().map(OrderRow::of).toList(),
                imports.page(null, LATEST_IMPORTS).stream().map(ImportRow::of).toList(),
                inbox));
    }

    private List<Advice> advice(Stats stats, List<AccountView> views, List<OrderView> held) {
        return Stream.concat(
                        Advice.on(stats, views, pauses.everywhere(), held, broker.standing()).stream(),
                        BillAdvice.on(reconciliations.list(null, 1).stream().findFirst(), discrepancies.aging())
                                .stream())
                .sorted(Comparator.comparing(Advice::urgency))
                .toList();
    }

    @GET
    @Path("/orders/{order_id: .+}")
    @Operation(hidden = true)
    public Response order(@PathParam("order_id") String orderId) {
        return OrderId.parse(orderId)
                .flatMap(orders::find)
                .map(order -> Response.ok(Templates.order(
                                OrderRow.of(order),
                                order.history().stream().map(EventRow::of).toList()))
                        .build())
                .orElseGet(() -> NotThere.response("There is no order with this order_id."));
    }

    /** One line of an order's history. */
    record EventRow(String at, String to, String kind, String why, String actor) {

        static EventRow of(OrderView.Event event) {
            return new EventRow(
                    Wording.time(event.at()),
                    Wording.state(event.to()),
                    OrderRow.kind(event.to()),
                    event.why(),
                    event.actor());
        }
    }

    /** How many orders are in one state. */
    record Tile(OrderState state, String word, String kind, long number) {}

    /** What the page shows. */
    record Home(
            String at,
            Stats stats,
            List<Tile> tiles,
            List<Advice> advice,
            List<AccountRow> accounts,
            List<OrderRow> orders,
            List<ImportRow> imports,
            String inbox) {}
}
