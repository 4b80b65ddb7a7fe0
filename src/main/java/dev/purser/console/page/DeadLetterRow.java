package dev.purser.console.page;

import dev.purser.kernel.deadletter.DeadLetter;
import dev.purser.kernel.deadletter.Prospect;
import java.nio.charset.StandardCharsets;

/** A dead letter as the page shows it, with what a replay would do. */
record DeadLetterRow(DeadLetter letter, String key, String received, String prospect, String kind, String why) {

    private static final int LONGEST_KEY = 80;

    static DeadLetterRow of(DeadLetter letter, Prospect prospect) {
        return new DeadLetterRow(
                letter,
                letter.key() == null ? "without a key" : shortened(new String(letter.key(), StandardCharsets.UTF_8)),
                Wording.time(letter.createdAt()),
                words(prospect.kind()),
                switch (prospect.kind()) {
                    case WOULD_BUY, WOULD_RUN -> "good";
                    case ALREADY_BOUGHT, ALREADY_OPEN, ALREADY_ANSWERED -> "busy";
                    case BLOCKED, UNREADABLE -> "bad";
                },
                prospect.message());
    }

    /** Anybody can write a key, and so a long one. */
    private static String shortened(String key) {
        String plain = key.replaceAll("\\p{Cntrl}", " ");
        return plain.length() <= LONGEST_KEY ? plain : plain.substring(0, LONGEST_KEY) + "…";
    }

    private static String words(Prospect.Kind kind) {
        return switch (kind) {
            case WOULD_BUY -> "would buy";
            case ALREADY_BOUGHT -> "already bought";
            case ALREADY_OPEN -> "already on its way";
            case WOULD_RUN -> "would run";
            case ALREADY_ANSWERED -> "already answered";
            case BLOCKED -> "is blocked";
            case UNREADABLE -> "still unreadable";
        };
    }

    public boolean isMended() {
        return !kind.equals("bad");
    }
}
