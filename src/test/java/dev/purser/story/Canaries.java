package dev.purser.story;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.ConcurrentSkipListSet;

/** Words that the stories give to Purser and that must not turn up where nobody needs them: API keys, email addresses, a student's name. */
final class Canaries {

    /** Stands in the titles of all orders; another one in each run, since logs of earlier runs may still be there. */
    static final String STUDENT = "Kim Canary-" + UUID.randomUUID().toString().substring(0, 8);

    private static final Set<String> KEYS = new ConcurrentSkipListSet<>();

    private final Set<String> emails = new TreeSet<>();
    private final List<String> leaks = new ArrayList<>();

    /** @param ledgers those of the sandboxes, with everybody who has an account there */
    Canaries(List<JsonNode> ledgers) {
        for (JsonNode ledger : ledgers) {
            for (JsonNode account : ledger.path("accounts")) {
                emails.add(account.path("email").asText());
                if (account.hasNonNull("key")) {
                    KEYS.add(account.path("key").asText());
                }
            }
        }
    }

    /** A key that the sandbox may forget again. */
    static String planted(String key) {
        KEYS.add(key);
        return key;
    }

    int count() {
        return KEYS.size() + emails.size();
    }

    List<String> leaks() {
        return leaks;
    }

    void allIn(String place, String text) {
        emailsIn(place, text);
        studentsIn(place, text);
        keysIn(place, text);
    }

    void keysIn(String place, String text) {
        KEYS.stream().filter(text::contains).findFirst().ifPresent(key -> leaks.add("an API key in " + place));
    }

    void emailsIn(String place, String text) {
        emails.stream().filter(text::contains).findFirst().ifPresent(email -> leaks.add(email + " in " + place));
    }

    void studentsIn(String place, String text) {
        if (text.contains(STUDENT)) {
            leaks.add(STUDENT + " in " + place);
        }
    }
}
