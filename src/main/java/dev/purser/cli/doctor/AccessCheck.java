package dev.purser.cli.doctor;

import dev.purser.cli.settings.Settings;
import java.util.List;
import java.util.Optional;

/** Who may ask the console and the API. */
final class AccessCheck implements Check {

    private static final String AREA = "access";

    private final Settings settings;
    private final Optional<String> refusal;

    /** @param refusal why Purser must not listen where it is told to */
    AccessCheck(Settings settings, Optional<String> refusal) {
        this.settings = settings;
        this.refusal = refusal;
    }

    @Override
    public List<Finding> look() {
        return List.of(refusal.map(why -> Finding.misconfigured(
                        AREA, why, "Until then Purser does not start; the tokens' lines stand in the README."))
                .orElseGet(() -> Finding.ok(
                        AREA,
                        settings.find("purser.api.tokens-file")
                                .map(file -> "Whoever has a token of " + file + " may ask.")
                                .orElse("No tokens file is set: only this machine may ask."))));
    }
}
