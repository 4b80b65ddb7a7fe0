package dev.purser.automation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.purser.kernel.event.Flaw;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VerbTest {

    private static final String ID = "3f1c2a44-0b5e-4c1d-9a77-5d2e8f601b23";

    private static List<String> flaws(String verb, String data) {
        Form form = new Form(Content.json(data));
        Deed deed = Verb.parse(verb).orElseThrow().read(form);
        assertThat(deed == null || !form.flaws().isEmpty())
                .isEqualTo(!form.flaws().isEmpty());
        return form.flaws().stream().map(Flaw::toString).toList();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    account.email  | {"account_id":"%s"}
                    user.query     | {"query":{"accounts":{"account_id":null}}}
                    user.query     | {"query":{"projects":[{"project_id":null}]}}
                    directory.list | {"project_id":"%s"}
                    directory.list | {"project_id":"%s","path":""}
                    licenses.list  | {}
                    licenses.list  | {"limit":10,"skip":20,"unknown":[1]}
                    project.stop   | {"project_id":"%s","purchasing_account":"MAIN","ttl":60}
                    latex.compile  | {"content":"x"}
                    latex.compile  | {"path":"certificates/ada.tex","project_id":"%s","timeout":600,"command":"make"}
                    latex.compile  | {"path":"/tmp/Übung.tex","content":""}
                    purchases.pull | {}
                    purchases.pull | {"cutoff":"2026-11-01","service":"license"}
                    purchases.pull | {"cutoff":"2026-11-01T02:00:00+02:00"}
                    reconciliation.run | {}
                    reconciliation.run | {"from":"2026-11-01","to":"2026-11-01"}
                    order.cancel   | {"order_id":"2026-F-000123"}
                    order.retry    | {"order_id":"a/b:c"}
                    order.approve  | {"order_id":"x"}
                    """)
    void what_is_right_is_read(String verb, String data) {
        assertThat(flaws(verb, data.replace("%s", ID))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    account.email  | {} | /data/account_id: is required
                    account.email  | {"account_id":null} | /data/account_id: is required
                    account.email  | {"account_id":7} | /data/account_id: must be a JSON string
                    account.email  | {"account_id":"me@example.com"} | /data/account_id: must be a UUID
                    account.email  | [] | /data: must be a JSON object
                    user.query     | {} | /data/query: is required
                    user.query     | {"query":"accounts"} | /data/query: must be a JSON object with one table
                    user.query     | {"query":{"a":{"x":null},"b":{"x":null}}} | /data/query: must be a JSON object with one table
                    user.query     | {"query":{"a":[]}} | /data/query: must be a JSON object with one table
                    user.query     | {"query":{"a":null}} | /data/query: must be a JSON object with one table
                    directory.list | {"path":"x"} | /data/project_id: is required
                    licenses.list  | {"limit":-1} | /data/limit: must be a whole number
                    licenses.list  | {"limit":"10"} | /data/limit: must be a whole number
                    licenses.list  | {"skip":1.5} | /data/skip: must be a whole number
                    project.stop   | {"project_id":"x"} | /data/project_id: must be a UUID
                    latex.compile  | {} | /data/path: is required
                    latex.compile  | {"path":"a.txt"} | /data/path: must be the path of a .tex file
                    latex.compile  | {"path":"a;reboot.tex"} | /data/path: must be the path of a .tex file
                    latex.compile  | {"path":"x/-rf.tex"} | /data/path: must be the path of a .tex file
                    latex.compile  | {"path":"a.tex","timeout":601} | /data/timeout: must be a whole number
                    purchases.pull | {"cutoff":"yesterday"} | /data/cutoff: must be an ISO 8601 time
                    purchases.pull | {"cutoff":"2026-11-01T00:00:00"} | /data/cutoff: must be an ISO 8601 time
                    reconciliation.run | {"from":"2026-11"} | /data/from: must be a day
                    reconciliation.run | {"from":"2026-11-02","to":"2026-11-01"} | /data/to: must not be before from
                    order.cancel   | {"order_id":"with blank"} | /data/order_id: must be 1 to 128
                    order.approve  | {} | /data/order_id: is required
                    """)
    void what_is_wrong_is_named_with_what_would_be_right(String verb, String data, String flaw) {
        assertThat(flaws(verb, data)).singleElement().asString().startsWith(flaw);
    }

    @Test
    void what_was_written_is_not_repeated() {
        assertThat(flaws("account.email", "{\"account_id\":\"ada@university.example\"}"))
                .noneMatch(flaw -> flaw.contains("ada"));
    }

    @Test
    void a_document_that_cocalc_would_not_take_is_refused_here() {
        assertThat(flaws("latex.compile", "{\"content\":\"" + "x".repeat(900_001) + "\"}"))
                .singleElement()
                .asString()
                .startsWith("/data/content: must be a JSON string of at most 900000");
        assertThat(flaws("latex.compile", "{\"content\":\"" + "\\\\".repeat(500_000) + "\"}"))
                .containsExactly("/data/content: must have at most 900000 bytes as JSON");
    }

    @Test
    void an_account_and_a_time_to_live_are_checked_for_every_verb() {
        Form form = new Form(Content.json("{\"purchasing_account\":\"a b\",\"ttl\":0}"));

        assertThat(form.purchasingAccount()).isNull();
        assertThat(form.ttl()).isNull();
        assertThat(form.flaws()).extracting(Flaw::pointer).containsExactly("/data/purchasing_account", "/data/ttl");
    }
}
