package dev.purser.console.access;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The tokens that open the door, by their hashes: nothing that could be stolen from here opens it.
 *
 * @param mistakes the lines that could not be read, by their number; never with their content, which might be a token
 */
record Tokens(List<Holder> holders, List<String> mistakes) {

    static final Tokens NONE = new Tokens(List.of(), List.of());

    private static final Pattern LINE = Pattern.compile(
            "sha256:([0-9a-fA-F]{64})\\s+(\\S+)\\s+(\\P{Cntrl}{1,64})", Pattern.UNICODE_CHARACTER_CLASS);

    /** Whom a token belongs to. */
    record Holder(byte[] hash, Role role, String name) {}

    static Tokens parse(List<String> lines) {
        List<Holder> holders = new ArrayList<>();
        List<String> mistakes = new ArrayList<>();
        Set<String> met = new HashSet<>();
        for (int i = 0; i < lines.size(); i++) {
            String line = (i == 0 ? lines.get(i).replaceFirst("^\uFEFF", "") : lines.get(i)).strip();
            if (line.isEmpty() || line.startsWith("#")) {
                continue;
            }
            String place = "line " + (i + 1);
            Matcher parts = LINE.matcher(line);
            if (!parts.matches()) {
                mistakes.add(place + " is not: sha256:<64 hex digits> <role> <name>");
                continue;
            }
            Optional<Role> role = Role.parse(parts.group(2));
            if (role.isEmpty()) {
                mistakes.add(place + " has no role of viewer, operator, approver, finance, admin");
            } else if (!met.add(parts.group(1).toLowerCase(java.util.Locale.ROOT))) {
                mistakes.add(place + " repeats the token of a line above");
            } else {
                holders.add(new Holder(HexFormat.of().parseHex(parts.group(1)), role.get(), parts.group(3)));
            }
        }
        return new Tokens(List.copyOf(holders), List.copyOf(mistakes));
    }

    /** Looks at every holder and compares in constant time, so that the time of the answer tells nothing. */
    Optional<Holder> holderOf(String token) {
        byte[] hash = sha256(token);
        Optional<Holder> found = Optional.empty();
        for (Holder holder : holders) {
            if (MessageDigest.isEqual(holder.hash(), hash)) {
                found = Optional.of(holder);
            }
        }
        return found;
    }

    private static byte[] sha256(String token) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
