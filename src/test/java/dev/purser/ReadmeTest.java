package dev.purser;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The README stays true. */
class ReadmeTest {

    private static final Path README = Path.of("README.md");

    @Test
    void the_routes_of_the_program_are_the_routes_of_the_readme() throws IOException {
        Set<String> inCode = found(sources(), "\\.routeId\\(\"([a-z.-]+)\"\\)");
        Set<String> inTable = found(Files.readString(README), "(?m)^\\| `([a-z]+\\.[a-z-]+)` \\|");

        assertThat(inCode).isNotEmpty().isEqualTo(inTable);
    }

    @Test
    void the_picture_shows_every_route() throws IOException {
        String picture = Files.readString(README).split("```mermaid")[1].split("```")[0];

        assertThat(found(
                        picture,
                        "(?:\\||: )((?:intake|provisioning|cocalc|outcomes|automation|reconciliation)\\.[a-z]+)"))
                .isEqualTo(found(sources(), "\\.routeId\\(\"([a-z.-]+)\"\\)"));
    }

    @Test
    void every_variable_that_the_program_reads_stands_in_the_configuration_table() throws IOException {
        String table = Files.readString(README).split("## Configuration")[1].split("## ")[0];

        Set<String> lacking = found(sources(), "@ConfigProperty\\(\\s*name = \"(purser\\.[a-z.-]+)\"");
        lacking.removeIf(name -> table.contains("`" + variable(name) + "`"));

        assertThat(lacking).isEmpty();
    }

    private static String variable(String property) {
        return property.replaceAll("[.-]", "_").toUpperCase(java.util.Locale.ROOT);
    }

    private static Set<String> found(String text, String pattern) {
        Set<String> found = new TreeSet<>();
        Matcher matcher = Pattern.compile(pattern).matcher(text);
        while (matcher.find()) {
            found.add(matcher.group(1));
        }
        return found;
    }

    private static String sources() throws IOException {
        StringBuilder all = new StringBuilder();
        try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
            for (Path file : files.filter(f -> f.toString().endsWith(".java")).toList()) {
                all.append(Files.readString(file)).append('\n');
            }
        }
        return all.toString();
    }
}
