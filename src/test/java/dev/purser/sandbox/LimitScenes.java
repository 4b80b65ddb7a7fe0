package dev.purser.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** The recordings called {@code limits}: one odd item after the other, each priced and then bought or refused. */
final class LimitScenes {
    private final Actors actors;
    private final Map<String, JsonNode> items = new HashMap<>();
    private final Set<String> begun = new HashSet<>();

    LimitScenes(Actors actors, List<Recording> recordings) {
        this.actors = actors;
        recordings.stream().filter(LimitScenes::isOne).forEach(recording -> {
            JsonNode item = recording.describedItem();
            if (!item.isMissingNode()) {
                items.put(scene(recording), item);
            }
        });
        items.put("run_limit-string-bad", Actors.changed("run_limit", "\"x\""));
        items.put("range-reversed", Actors.ranged("[\"2026-12-31T00:00:00.000Z\",\"2026-12-01T00:00:00.000Z\"]"));
        items.put("range-short-10min", Actors.ranged("[\"2026-12-31T00:00:00.000Z\",\"2026-12-31T00:10:00.000Z\"]"));
        items.put("range-past", Actors.ranged("[\"2026-01-01T00:00:00.000Z\",\"2026-01-02T00:00:00.000Z\"]"));
    }

    static boolean isOne(Recording recording) {
        return recording.name().startsWith("limits.");
    }

    void before(Recording recording) {
        if (begun.add(scene(recording))) {
            actors.only("PRICER", Objects.requireNonNull(items.get(scene(recording)), recording.name()));
        }
    }

    /** Every item was bought, or tried to, whether that was recorded or not. */
    void after(Recording recording, List<Recording> rest) {
        boolean checkoutFollows =
                !rest.isEmpty() && rest.get(0).name().equals("limits." + scene(recording) + ".checkout");
        if (isOne(recording) && recording.name().endsWith(".params") && !checkoutFollows) {
            actors.checkout("PRICER");
        }
    }

    private static String scene(Recording recording) {
        return recording.name().replaceFirst("limits\\.", "").replaceFirst("\\.(params|checkout)$", "");
    }
}
