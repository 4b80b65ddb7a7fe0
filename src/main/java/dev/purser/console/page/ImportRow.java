package dev.purser.console.page;

import dev.purser.intake.ImportView;
import java.util.Locale;

/** A dropped file as the page shows it. */
record ImportRow(ImportView file, String state, String kind, String received) {

    static ImportRow of(ImportView file) {
        return new ImportRow(
                file,
                file.state().name().toLowerCase(Locale.ROOT),
                switch (file.state()) {
                    case READING, OPEN -> "busy";
                    case COMPLETE -> "good";
                    case QUARANTINED -> "bad";
                },
                Wording.time(file.receivedAt()));
    }

    public boolean hasResults() {
        return file.state() != ImportView.State.QUARANTINED;
    }
}
