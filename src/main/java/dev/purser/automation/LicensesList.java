package dev.purser.automation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.purser.cocalc.CoCalc.License;
import dev.purser.kernel.OrderToken;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The licenses that the purchasing account manages, newest first, without their descriptions: those are private. */
record LicensesList(int limit, int skip) implements Deed {

    private static final int MOST = 1_000_000_000;
    private static final String RIGHT = "Use a purchasing account that manages licenses.";

    static @Nullable Deed read(Form form) {
        Integer limit = form.whole("limit", 0, MOST);
        Integer skip = form.whole("skip", 0, MOST);
        return new LicensesList(limit == null ? 0 : limit, skip == null ? 0 : skip);
    }

    @Override
    public Tried perform(Bench bench) {
        return bench.cocalc()
                .managedLicenses(limit, skip)
                .fold(new Judgement<List<License>>(bench.account(), RIGHT, licenses -> told(bench, licenses)));
    }

    private static Tried told(Bench bench, List<License> licenses) {
        ObjectNode result = Bench.object();
        ArrayNode list = result.putArray("licenses");
        licenses.forEach(license -> list.add(told(license)));
        Tried done = new Tried.Done(result);
        return licenses.isEmpty() ? Trusted.empty(bench, done) : done;
    }

    private static ObjectNode told(License license) {
        JsonNode raw = license.raw();
        ObjectNode told = Bench.object()
                .put("license_id", license.id().toString())
                .put("title", license.title())
                .put(
                        "order_id",
                        OrderToken.find(license.description())
                                .map(token -> token.orderId().value())
                                .orElse(null))
                .put("activates", Told.time(raw.path("activates")))
                .put("expires", Told.time(raw.path("expires")))
                .put("created", Told.time(raw.path("created")))
                .put("last_used", Told.time(raw.path("last_used")))
                .<ObjectNode>set("run_limit", raw.get("run_limit"))
                .set("quota", raw.get("quota"));
        ArrayNode managers = told.putArray("managers");
        license.managers().stream().map(UUID::toString).forEach(managers::add);
        return told;
    }
}
