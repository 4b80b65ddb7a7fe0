package dev.purser.cocalc;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where the key of one purchasing account comes from, and whose it is as far as CoCalc has told. A file is read for each call: a
 * new key of the same length in the same moment must not pass for the old one.
 */
final class KeySource {

    private static final Pattern USABLE = Pattern.compile("[\\x21-\\x7e]+");

    private final String variable;
    private final @Nullable Path file;

    /** The last one counts; the others may still be repeated to us by somebody. */
    private final List<String> keys = new CopyOnWriteArrayList<>();

    private @Nullable UUID account;
    private @Nullable UUID owner;
    private int askedAbout;
    private int toldAbout;

    private KeySource(String variable, @Nullable Path file) {
        this.variable = variable;
        this.file = file;
    }

    static KeySource given(String variable, String key) {
        KeySource source = new KeySource(variable, null);
        source.keys.add(usable(variable, key));
        return source;
    }

    static KeySource file(String variable, Path file) {
        return new KeySource(variable, file);
    }

    String variable() {
        return variable;
    }

    /** The key as it is now, whoever owns it. */
    synchronized String key() throws IOException {
        if (file != null) {
            String now = read(file);
            if (keys.isEmpty() || !keys.get(keys.size() - 1).equals(now)) {
                keys.add(now);
            }
        }
        return keys.get(keys.size() - 1);
    }

    private String read(Path path) throws IOException {
        try {
            return usable(variable, Files.readString(path).strip());
        } catch (IllegalArgumentException e) {
            throw new IOException(e.getMessage());
        } catch (IOException e) {
            throw new IOException(variable + " cannot be read: " + e.getClass().getSimpleName());
        }
    }

    /** The key for all but the question whose it is: as soon as the account is known, no other account's and no unknown one. */
    synchronized String keyOfAccount() throws IOException {
        String key = key();
        if (account != null && toldAbout != keys.size()) {
            throw new IOException(variable + " has changed, and CoCalc has not yet told whose key it is");
        }
        if (account != null && !account.equals(owner)) {
            throw new IOException(variable + " holds the key of another CoCalc account");
        }
        return key;
    }

    /** Only keys of this account are used from now on. */
    synchronized void bind(UUID account) {
        this.account = account;
    }

    synchronized boolean isNew() {
        try {
            key();
        } catch (IOException e) {
            return false;
        }
        return keys.size() != askedAbout;
    }

    /** @return a number for {@link #told}, another one for each change */
    synchronized int askingWhoseItIs() throws IOException {
        key();
        askedAbout = keys.size();
        return askedAbout;
    }

    /** An answer about an earlier key says nothing about the present one. */
    synchronized void told(int asked, UUID owner) {
        if (asked == keys.size()) {
            toldAbout = asked;
            this.owner = owner;
        }
    }

    String hideIn(String text) {
        String hidden = text;
        for (String key : keys) {
            hidden = hidden.replace(key, "***");
        }
        return hidden;
    }

    /** A line break or a blank would end the header early or be no key of CoCalc's. */
    private static String usable(String variable, String key) {
        if (!USABLE.matcher(key).matches()) {
            throw new IllegalArgumentException(variable + " holds no API key: one word of printable ASCII is expected");
        }
        return key;
    }

    @Override
    public String toString() {
        return variable;
    }
}
