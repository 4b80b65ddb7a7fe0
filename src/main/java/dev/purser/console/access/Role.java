package dev.purser.console.access;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** What a token may do. Everyone may look; an admin may do everything. */
enum Role {
    VIEWER,
    OPERATOR,
    APPROVER,
    FINANCE,
    ADMIN;

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The roles that Quarkus is told: this one and those that it includes. */
    Set<String> granted() {
        return switch (this) {
            case VIEWER -> Set.of(word());
            case OPERATOR, APPROVER, FINANCE -> Set.of(word(), VIEWER.word());
            case ADMIN -> Set.of(VIEWER.word(), OPERATOR.word(), APPROVER.word(), FINANCE.word(), ADMIN.word());
        };
    }

    static Optional<Role> parse(String word) {
        return Arrays.stream(values())
                .filter(role -> role.word().equals(word.toLowerCase(Locale.ROOT)))
                .findAny();
    }
}
