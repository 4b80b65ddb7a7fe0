package dev.purser.cocalc;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Collections;
import java.util.Locale;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.microprofile.config.Config;
import org.jspecify.annotations.Nullable;

/**
 * The API keys of the purchasing accounts: {@code PURSER_ACCOUNTS_<NAME>_API_KEY}, or {@code _API_KEY_FILE}, which is read again
 * when it changes; in a properties file {@code purser.accounts.<name>.api-key[-file]}. An account's alias is its NAME in lower
 * case, with {@code _} for whatever is neither letter nor digit, since an environment variable cannot say more.
 */
@Singleton
class Keys {

    private static final Pattern VARIABLE = Pattern.compile("PURSER_ACCOUNTS_(.+)_API_KEY(_FILE)?");
    private static final Pattern PROPERTY = Pattern.compile("purser\\.accounts\\.(.+)\\.api-key(-file)?");
    private static final Pattern USABLE = Pattern.compile("[\\x21-\\x7e]+");

    private final SortedMap<String, Source> sources = new TreeMap<>();

    @Inject
    Keys(Config config) {
        for (String name : config.getPropertyNames()) {
            Matcher matcher = VARIABLE.matcher(name);
            if (matcher.matches() || (matcher = PROPERTY.matcher(name)).matches()) {
                String alias = alias(matcher.group(1));
                boolean file = matcher.group(2) != null;
                config.getOptionalValue(name, String.class)
                        .map(String::strip)
                        .filter(value -> !value.isEmpty())
                        .ifPresent(value -> add(alias, variable(alias, file), file, value));
            }
        }
    }

    private void add(String alias, String variable, boolean file, String value) {
        Source source = file ? new KeyFile(variable, Path.of(value)) : new Given(variable, usable(variable, value));
        Source other = sources.putIfAbsent(alias, source);
        if (other != null && !other.variable().equals(variable)) {
            throw new IllegalArgumentException(
                    other.variable() + " and " + variable + " are both set: one purchasing account has one key");
        }
    }

    /** Aliases of the purchasing accounts, in alphabetical order. */
    Set<String> aliases() {
        return Collections.unmodifiableSet(sources.keySet());
    }

    /** @throws IOException naming the variable, never the key */
    String of(String alias) throws IOException {
        Source source = sources.get(alias);
        if (source == null) {
            throw new IOException(variable(alias, false) + " is not set");
        }
        return source.key();
    }

    /** The same text without any key, whoever repeated it to us. */
    String hideIn(String text) {
        String hidden = text;
        for (Source source : sources.values()) {
            String key = source.lastSeen();
            if (key != null) {
                hidden = hidden.replace(key, "***");
            }
        }
        return hidden;
    }

    static String alias(String name) {
        return name.replace("\"", "").toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "_");
    }

    private static String variable(String alias, boolean file) {
        return "PURSER_ACCOUNTS_" + alias.toUpperCase(Locale.ROOT) + (file ? "_API_KEY_FILE" : "_API_KEY");
    }

    /** A line break or a blank would end the header early or be no key of CoCalc's. */
    private static String usable(String variable, String key) {
        if (!USABLE.matcher(key).matches()) {
            throw new IllegalArgumentException(variable + " holds no API key: one word of printable ASCII is expected");
        }
        return key;
    }

    private sealed interface Source {
        String variable();

        String key() throws IOException;

        @Nullable
        String lastSeen();
    }

    private record Given(String variable, String key) implements Source {
        @Override
        public String lastSeen() {
            return key;
        }

        @Override
        public String toString() {
            return variable;
        }
    }

    private static final class KeyFile implements Source {

        private final String variable;
        private final Path path;
        private @Nullable Stamp stamp;
        private volatile @Nullable String key;

        KeyFile(String variable, Path path) {
            this.variable = variable;
            this.path = path;
        }

        @Override
        public String variable() {
            return variable;
        }

        @Override
        public synchronized String key() throws IOException {
            try {
                Stamp now = new Stamp(Files.getLastModifiedTime(path), Files.size(path));
                String known = key;
                if (known == null || !now.equals(stamp)) {
                    known = usable(variable, Files.readString(path).strip());
                    key = known;
                    stamp = now;
                }
                return known;
            } catch (IOException | IllegalArgumentException e) {
                throw new IOException(
                        e instanceof IllegalArgumentException
                                ? e.getMessage()
                                : variable + " cannot be read: " + e.getClass().getSimpleName());
            }
        }

        @Override
        public @Nullable String lastSeen() {
            return key;
        }
    }

    private record Stamp(FileTime modified, long size) {}
}
