package dev.purser.cocalc;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Locale;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.microprofile.config.Config;

/**
 * The API keys of the purchasing accounts: {@code PURSER_ACCOUNTS_<NAME>_API_KEY}, or {@code _API_KEY_FILE}, which is read again
 * when it changes; in a properties file {@code purser.accounts.<name>.api-key[-file]}. An account's alias is its NAME in lower
 * case, with {@code _} for whatever is neither letter nor digit, since an environment variable cannot say more.
 */
@Singleton
class Keys {

    private static final Pattern VARIABLE = Pattern.compile("PURSER_ACCOUNTS_(.+)_API_KEY(_FILE)?");
    private static final Pattern PROPERTY = Pattern.compile("purser\\.accounts\\.(.+)\\.api-key(-file)?");

    private final SortedMap<String, KeySource> sources = new TreeMap<>();

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
        KeySource source = file ? KeySource.file(variable, Path.of(value)) : KeySource.given(variable, value);
        KeySource other = sources.putIfAbsent(alias, source);
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
    KeySource of(String alias) throws IOException {
        KeySource source = sources.get(alias);
        if (source == null) {
            throw new IOException(variable(alias, false) + " is not set");
        }
        return source;
    }

    /** The same text without any key, whoever repeated it to us. */
    String hideIn(String text) {
        String hidden = text;
        for (KeySource source : sources.values()) {
            hidden = source.hideIn(hidden);
        }
        return hidden;
    }

    static String alias(String name) {
        return name.replace("\"", "").toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "_");
    }

    private static String variable(String alias, boolean file) {
        return "PURSER_ACCOUNTS_" + alias.toUpperCase(Locale.ROOT) + (file ? "_API_KEY_FILE" : "_API_KEY");
    }
}
