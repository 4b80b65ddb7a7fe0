package dev.purser.console.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.purser.reconciliation.Range;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** The days that somebody wants reconciled. */
@Schema(
        name = "ReconciliationRange",
        description = "Days in UTC, both included; without any, all that is in no closed month")
record RangeForm(
        @Schema(examples = "2026-11-01") @Nullable String from,
        @Schema(examples = "2026-11-30") @Nullable String to) {

    /** @param wrong what cannot be read; without it the range counts */
    record Asked(Range range, List<Problem.Part> wrong) {}

    static Asked read(ObjectMapper json, String body) {
        List<Problem.Part> wrong = new ArrayList<>();
        try {
            JsonNode form = body.isBlank() ? json.createObjectNode() : json.readTree(body);
            if (!form.isObject()) {
                return refused(
                        "the body is a JSON object such as {\"from\":\"2026-11-01\",\"to\":\"2026-11-30\"}, or empty");
            }
            LocalDate from = day(form, "from", wrong);
            LocalDate to = day(form, "to", wrong);
            return wrong.isEmpty() ? new Asked(new Range(from, to), wrong) : new Asked(Range.OPEN, wrong);
        } catch (JsonProcessingException e) {
            return refused("the body is no JSON");
        } catch (IllegalArgumentException backwards) {
            return refused(String.valueOf(backwards.getMessage()));
        }
    }

    private static @Nullable LocalDate day(JsonNode form, String field, List<Problem.Part> wrong) {
        if (!form.hasNonNull(field)) {
            return null;
        }
        try {
            LocalDate day = LocalDate.parse(form.path(field).asText());
            if (day.getYear() >= 2000 && day.getYear() <= 9999) {
                return day;
            }
            wrong.add(new Problem.Part(null, "a day of the years 2000 to 9999", "/" + field));
        } catch (DateTimeException e) {
            wrong.add(new Problem.Part(null, "a day such as 2026-11-01", "/" + field));
        }
        return null;
    }

    private static Asked refused(String why) {
        return new Asked(Range.OPEN, List.of(new Problem.Part(null, why, "")));
    }
}
