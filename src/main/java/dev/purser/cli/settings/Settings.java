package dev.purser.cli.settings;

import io.smallrye.config.DotEnvConfigSourceProvider;
import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.PropertiesConfigSourceLoader;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.spi.ConfigSource;

/**
 * What the operator set, read before Quarkus boots and from the places where Quarkus will look: system properties,
 * environment, {@code .env} and {@code config/application.properties}. Names are the dotted ones; the environment's form of
 * {@code purser.cocalc.url} is {@code PURSER_COCALC_URL}.
 */
public final class Settings {

    private static final Pattern API_KEY =
            Pattern.compile("purser[._]accounts[._](.+?)[._]api[._-]key([._-]file)?", Pattern.CASE_INSENSITIVE);

    private final List<ConfigSource> sources;
    private final SmallRyeConfig config;

    private Settings(List<ConfigSource> sources) {
        this.sources = sources;
        this.config = new SmallRyeConfigBuilder().withSources(sources).build();
    }

    public static Settings ofThisProcess() {
        ClassLoader loader = Settings.class.getClassLoader();
        List<ConfigSource> sources = new ArrayList<>();
        sources.add(new PropertiesConfigSource(System.getProperties(), "system properties", 400));
        sources.add(new EnvConfigSource(System.getenv(), 300));
        sources.addAll(DotEnvConfigSourceProvider.dotEnvSources(
                Path.of(".env").toAbsolutePath().toUri().toString(), loader));
        sources.addAll(PropertiesConfigSourceLoader.inFileSystem(
                Path.of("config", "application.properties").toUri().toString(), 260, loader));
        return new Settings(sources);
    }

    public static Settings of(Map<String, String> environment, Map<String, String> properties) {
        return new Settings(List.of(
                new PropertiesConfigSource(properties, "system properties", 400),
                new EnvConfigSource(environment, 300)));
    }

    /** For whoever reads it by himself. */
    public Config config() {
        return config;
    }

    /** Empty also where it is set to nothing. */
    public Optional<String> find(String name) {
        return config.getOptionalValue(name, String.class).filter(value -> !value.isBlank());
    }

    public boolean has(String name) {
        return find(name).isPresent();
    }

    public boolean is(String name, boolean otherwise) {
        return find(name).map(Boolean::parseBoolean).orElse(otherwise);
    }

    /** What a person sets for this. */
    public static String variable(String name) {
        return name.replaceAll("[^A-Za-z0-9]", "_").toUpperCase(Locale.ROOT);
    }

    /** Tells Quarkus, unless the operator did. */
    public void supply(String name, String value) {
        if (!has(name)) {
            System.setProperty(name, value);
        }
    }

    /** The names under which an API key is set, for {@code PURSER_ACCOUNTS_MAIN_API_KEY} it is {@code main}. */
    public Set<String> purchasingAccounts() {
        Set<String> names = new TreeSet<>();
        for (ConfigSource source : sources) {
            for (String property : source.getPropertyNames()) {
                Matcher matcher = API_KEY.matcher(property);
                String value = source.getValue(property);
                if (matcher.matches() && value != null && !value.isBlank()) {
                    names.add(matcher.group(1).toLowerCase(Locale.ROOT));
                }
            }
        }
        return names;
    }
}
