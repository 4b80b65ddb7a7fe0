package dev.purser.automation;

import com.fasterxml.jackson.databind.JsonNode;
import dev.purser.kernel.event.Flaw;
import java.text.ParseException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.TimeZone;
import org.quartz.CronExpression;

/**
 * A command that the clock sends.
 *
 * @param cron in UTC
 */
record Schedule(String name, CronExpression cron, Verb verb, JsonNode data) {

    private static final int FIELDS_OF_UNIX = 5;

    /** @throws IllegalArgumentException naming the variable and what would be right */
    static Schedule of(String name, String cron, String verb, String data) {
        String variable = "PURSER_SCHEDULES_" + name.toUpperCase(java.util.Locale.ROOT);
        Verb known = Verb.parse(verb.strip())
                .orElseThrow(() -> new IllegalArgumentException(variable + "_VERB must be one of " + Verb.words()));
        JsonNode json = Content.find(data)
                .orElseThrow(() -> new IllegalArgumentException(variable + "_DATA must be the command's data as JSON"));
        Form form = new Form(json);
        form.ttl();
        form.purchasingAccount();
        known.read(form);
        if (!form.flaws().isEmpty()) {
            throw new IllegalArgumentException(variable + "_DATA: " + Flaw.sentence(form.flaws()));
        }
        return new Schedule(name, cron(variable, cron.strip()), known, json);
    }

    private static CronExpression cron(String variable, String text) {
        try {
            CronExpression cron = new CronExpression(text);
            cron.setTimeZone(TimeZone.getTimeZone("UTC"));
            return cron;
        } catch (ParseException e) {
            String hint = text.split("\\s+").length == FIELDS_OF_UNIX
                    ? "; put the seconds in front, and ? for whichever of the two days does not count"
                    : "";
            throw new IllegalArgumentException(
                    variable + "_CRON must be a Quartz cron expression in UTC such as 0 30 2 * * ?" + hint + " ("
                            + e.getMessage() + ")");
        }
    }

    /** When it fires after {@code from}, up to {@code to}, both in UTC. */
    List<Instant> between(Instant from, Instant to) {
        List<Instant> times = new ArrayList<>();
        Date next = cron.getNextValidTimeAfter(Date.from(from));
        while (next != null && !next.toInstant().isAfter(to)) {
            times.add(next.toInstant());
            next = cron.getNextValidTimeAfter(next);
        }
        return times;
    }

    /** Its id follows from name and time, so that of several instances one fires it. */
    Request at(Instant time) {
        return new Request("schedule/" + name + "/" + time, verb.word(), data, "schedule:" + name, time, null);
    }
}
