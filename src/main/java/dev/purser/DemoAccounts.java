package dev.purser;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import dev.purser.cli.settings.Settings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Who has an account at the demo's sandbox: the purchasing accounts and the customers of {@code samples/customers.csv}. */
final class DemoAccounts {

    private static final int BALANCE = 5000;

    private final ObjectMapper json = new ObjectMapper();
    private final Settings settings;

    DemoAccounts(Settings settings) {
        this.settings = settings;
    }

    /** What is known there already stays as it is, its balance too. */
    void register(int sandboxPort) {
        ArrayNode accounts = json.createArrayNode();
        purchasing().forEach((name, key) -> accounts.addObject()
                .put("name", name)
                .put("key", key)
                .put("balance", BALANCE)
                .putArray("groups")
                .add("partner"));
        addCustomers(accounts);
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + sandboxPort + "/_sandbox/accounts"))
                .POST(HttpRequest.BodyPublishers.ofString(accounts.toString()))
                .build();
        try {
            HttpResponse<String> response =
                    HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
            if (response.statusCode() != 200) {
                throw new IllegalStateException("the sandbox refused the sample accounts: " + response.body());
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the sandbox does not answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    /** Keys that the operator set are made known to the sandbox; without any, two accounts show how the load is shared. */
    private Map<String, String> purchasing() {
        Map<String, String> keys = new TreeMap<>();
        Set<String> names = settings.purchasingAccounts();
        names.forEach(name -> keys.put(name, key(name)));
        if (names.isEmpty()) {
            keys.put("main", "sk-demo-main");
            keys.put("campus", "sk-demo-campus");
            keys.forEach((name, key) -> settings.supply("purser.accounts." + name + ".api-key", key));
        }
        return keys;
    }

    private String key(String name) {
        String property = "purser.accounts." + name + ".api-key";
        return settings.find(property).orElseGet(() -> settings.find(property + "-file")
                .map(file -> {
                    try {
                        return Files.readString(Path.of(file)).strip();
                    } catch (IOException e) {
                        throw new UncheckedIOException("cannot read the key of the purchasing account " + name, e);
                    }
                })
                .orElseThrow(() -> new IllegalStateException("the purchasing account " + name + " has no key")));
    }

    private void addCustomers(ArrayNode accounts) {
        Path customers = DemoPlan.SAMPLES.resolve("customers.csv");
        if (!Files.exists(customers)) {
            return;
        }
        try (CsvReader<NamedCsvRecord> rows = CsvReader.builder().ofNamedCsvRecord(customers)) {
            rows.forEach(row -> accounts.addObject()
                    .put("account_id", row.getField("account_id"))
                    .put("name", row.getField("name"))
                    .put("email", row.getField("email").isEmpty() ? null : row.getField("email")));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + customers, e);
        }
    }
}
