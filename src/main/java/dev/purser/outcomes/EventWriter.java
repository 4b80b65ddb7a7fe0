package dev.purser.outcomes;

import io.cloudevents.jackson.JsonFormat;
import io.cloudevents.kafka.CloudEventSerializer;
import java.util.HashMap;
import java.util.Map;

/** The library's serializer with JSON as the format of structured events, whose name would lose its plus sign in an endpoint's address. */
public final class EventWriter extends CloudEventSerializer {

    @Override
    public void configure(Map<String, ?> configs, boolean isKey) {
        Map<String, Object> inJson = new HashMap<>(configs);
        inJson.put(EVENT_FORMAT_CONFIG, new JsonFormat());
        super.configure(inJson, isKey);
    }
}
