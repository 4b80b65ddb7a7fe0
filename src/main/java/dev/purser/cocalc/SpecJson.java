package dev.purser.cocalc;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.purser.kernel.LicenseSpec;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A license as the {@code description} object of a cart item. */
final class SpecJson {

    private static final DateTimeFormatter MILLIS =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    /** All that Purser writes; an item with any other key was not written by Purser, or was changed since. */
    private static final Set<String> KEYS = Set.of(
            "type",
            "user",
            "ram",
            "cpu",
            "disk",
            "member",
            "uptime",
            "boost",
            "run_limit",
            "period",
            "range",
            "title",
            "description");

    private SpecJson() {}

    static ObjectNode write(LicenseSpec spec, String description) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("type", "quota")
                .put("user", LicenseSpec.word(spec.user()))
                .put("ram", spec.ram())
                .put("cpu", spec.cpu())
                .put("disk", spec.disk())
                .put("member", spec.member())
                .put("uptime", LicenseSpec.word(spec.uptime()))
                .put("boost", spec.boost())
                .put("run_limit", spec.runLimit())
                .put("period", LicenseSpec.word(spec.period()));
        Instant start = spec.start();
        Instant end = spec.end();
        if (spec.period() == LicenseSpec.Period.RANGE && start != null && end != null) {
            json.putArray("range").add(MILLIS.format(start)).add(MILLIS.format(end));
        }
        if (spec.title() != null) {
            json.put("title", spec.title());
        }
        return json.put("description", description);
    }

    /** Empty unless every key is one of ours and has a value that we could have written. */
    static Optional<LicenseSpec> read(JsonNode json) {
        if (!json.isObject() || !"quota".equals(Json.text(json, "type")) || !onlyOurKeys(json)) {
            return Optional.empty();
        }
        LicenseSpec.User user = constant(LicenseSpec.User.values(), json.path("user"));
        LicenseSpec.Uptime uptime = constant(LicenseSpec.Uptime.values(), json.path("uptime"));
        LicenseSpec.Period period = constant(LicenseSpec.Period.values(), json.path("period"));
        Optional<Integer> runLimit = Json.count(json.path("run_limit"));
        Optional<Integer> ram = Json.count(json.path("ram"));
        Optional<Integer> cpu = Json.count(json.path("cpu"));
        Optional<Integer> disk = Json.count(json.path("disk"));
        boolean complete = runLimit.isPresent() && ram.isPresent() && cpu.isPresent() && disk.isPresent();
        if (user == null || uptime == null || period == null || !complete || !flagsAndTexts(json)) {
            return Optional.empty();
        }
        JsonNode range = json.path("range");
        Instant start = Json.instant(range.path(0));
        Instant end = Json.instant(range.path(1));
        boolean ranged = period == LicenseSpec.Period.RANGE;
        boolean rangeFits = ranged ? range.size() == 2 && start != null && end != null : range.isMissingNode();
        return rangeFits
                ? Optional.of(new LicenseSpec(
                        user,
                        runLimit.get(),
                        ram.get(),
                        cpu.get(),
                        disk.get(),
                        json.path("member").booleanValue(),
                        uptime,
                        json.path("boost").booleanValue(),
                        period,
                        start,
                        end,
                        Json.text(json, "title"),
                        Json.text(json, "description")))
                : Optional.empty();
    }

    private static boolean onlyOurKeys(JsonNode json) {
        return json.propertyStream().allMatch(property -> KEYS.contains(property.getKey()));
    }

    private static boolean flagsAndTexts(JsonNode json) {
        return json.path("member").isBoolean()
                && json.path("boost").isBoolean()
                && isTextOrAbsent(json.path("title"))
                && isTextOrAbsent(json.path("description"));
    }

    private static boolean isTextOrAbsent(JsonNode json) {
        return json.isTextual() || json.isMissingNode();
    }

    private static <E extends Enum<E>> @Nullable E constant(E[] constants, JsonNode json) {
        for (E constant : constants) {
            if (LicenseSpec.word(constant).equals(json.textValue())) {
                return constant;
            }
        }
        return null;
    }
}
