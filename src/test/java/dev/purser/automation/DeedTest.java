package dev.purser.automation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.purser.automation.Tried.Again;
import dev.purser.automation.Tried.Done;
import dev.purser.automation.Tried.Failed;
import dev.purser.cocalc.Answer;
import dev.purser.cocalc.CoCalc;
import dev.purser.cocalc.CoCalc.Compiled;
import dev.purser.cocalc.CoCalc.EmailAddress;
import dev.purser.cocalc.Refusal;
import dev.purser.kernel.Email;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class DeedTest {

    private static final UUID SOME = UUID.fromString("3f1c2a44-0b5e-4c1d-9a77-5d2e8f601b23");
    private static final Answer<EmailAddress> NOBODY = new Answer.Done<>(new EmailAddress(false, Optional.empty()));

    private final StagedCoCalc cocalc = new StagedCoCalc();

    private static Deed read(Verb verb, String data) {
        return verb.read(new Form(Content.json(data)));
    }

    private static JsonNode result(Tried tried) {
        assertThat(tried).isInstanceOf(Done.class);
        return ((Done) tried).result();
    }

    private static Failed failure(Tried tried) {
        assertThat(tried).isInstanceOf(Failed.class);
        return (Failed) tried;
    }

    @Test
    void an_address_is_told_and_one_that_is_lacking_is_null() {
        cocalc.answers(
                new Answer.Done<>(new EmailAddress(true, Optional.of(new Email("Ada@University.example")))),
                new Answer.Done<>(new EmailAddress(true, Optional.empty())));

        assertThat(result(cocalc.perform(new AccountEmail(SOME))).path("email").textValue())
                .isEqualTo("Ada@University.example");
        assertThat(result(cocalc.perform(new AccountEmail(SOME))).path("email").isNull())
                .isTrue();
    }

    @Test
    void an_unknown_account_counts_only_while_cocalc_names_who_asks() {
        cocalc.answers(NOBODY, StagedCoCalc.NAMED, NOBODY, new Answer.NotSignedIn<>("FATAL: anonymous"));

        assertThat(failure(cocalc.perform(new AccountEmail(SOME))).code()).isEqualTo("unknown_account");
        assertThat(cocalc.perform(new AccountEmail(SOME)))
                .isInstanceOfSatisfying(
                        Again.class, again -> assertThat(again.obstacle()).isEqualTo(Obstacle.NOT_SIGNED_IN));
    }

    @Test
    void a_query_without_a_null_writes_and_is_refused_unless_that_is_allowed() {
        Deed write = read(Verb.USER_QUERY, "{\"query\":{\"accounts\":[{\"first_name\":\"X\"}]}}");
        Deed nested = read(Verb.USER_QUERY, "{\"query\":{\"projects\":{\"x\":{\"y\":null}}}}");
        cocalc.answers(
                new Answer.Done<>(Content.json("{}")),
                new Answer.Done<>(Content.json("{}")),
                new Answer.Unknown<>("HTTP 502"));

        assertThat(failure(cocalc.perform(write)).code()).isEqualTo("writes_not_allowed");
        assertThat(cocalc.asked).isEmpty();
        assertThat(result(cocalc.perform(nested))).isEqualTo(Content.json("{\"query\":{}}"));
        assertThat(result(cocalc.perform(write, true))).isEqualTo(Content.json("{\"query\":{}}"));
        assertThat(failure(cocalc.perform(write, true)).code()).isEqualTo("unknown_outcome");
    }

    @Test
    void a_listing_says_how_old_it_may_be() {
        cocalc.answers(new Answer.Done<>(Content.json("""
                {"listings":[{"project_id":"p","path":"","time":"2026-11-25T11:59:00Z",
                 "listing":[{"name":"a.ipynb","size":10,"mtime":1677111163.888},{"name":"sub","isdir":true}]}]}""")));

        JsonNode directory =
                result(cocalc.perform(new DirectoryList(SOME, null))).at("/directories/0");

        assertThat(directory.path("age_seconds").asInt()).isEqualTo(60);
        assertThat(directory.at("/entries/0/mtime").textValue()).isEqualTo("2023-02-23T00:12:43.888Z");
        assertThat(directory.at("/entries/1/is_directory").booleanValue()).isTrue();
        assertThat(cocalc.asked).singleElement().asString().contains("\"path\":null,\"listing\":null,\"time\":null");
    }

    @Test
    void a_cocalc_that_tells_no_time_is_asked_as_it_was_recorded() {
        cocalc.answers(
                new Answer.Refused<>(Refusal.BAD_REQUEST, "FATAL: user get query not allowed for listings.time"),
                new Answer.Done<>(Content.json("{\"listings\":{\"path\":\"sub\",\"listing\":[]}}")));

        JsonNode directory = result(cocalc.perform(
                        read(Verb.DIRECTORY_LIST, "{\"project_id\":\"" + SOME + "\",\"path\":\"/sub/\"}")))
                .at("/directories/0");

        assertThat(directory.path("listed_at").isNull()).isTrue();
        assertThat(directory.path("note").asText()).contains("does not say when");
        assertThat(cocalc.asked).last().asString().contains("\"path\":\"sub\",\"listing\":null}");
    }

    @Test
    void a_directory_that_was_never_listed_is_no_empty_directory() {
        cocalc.answers(new Answer.Done<>(Content.json("{}")));

        assertThat(failure(cocalc.perform(new DirectoryList(SOME, "x"))).code()).isEqualTo("not_listed");
    }

    @Test
    void licenses_are_told_with_their_order_and_without_their_description() {
        JsonNode raw = Content.json("{\"expires\":1798761599999,\"run_limit\":2,\"quota\":{\"cpu\":1}}");
        cocalc.answers(new Answer.Done<>(List.of(
                new CoCalc.License(SOME, "Calculus", "for Ada\npurser:main:o-1", List.of(StagedCoCalc.ACCOUNT), raw))));

        JsonNode license = result(cocalc.perform(new LicensesList(0, 0))).at("/licenses/0");

        assertThat(license.path("order_id").asText()).isEqualTo("o-1");
        assertThat(license.path("expires").asText()).isEqualTo("2026-12-31T23:59:59.999Z");
        assertThat(license.toString()).doesNotContain("Ada");
    }

    @Test
    void no_licenses_are_believed_only_while_cocalc_names_who_asks() {
        cocalc.answers(
                new Answer.Done<>(List.of()),
                StagedCoCalc.NAMED,
                new Answer.Done<>(List.of()),
                new Answer.Unknown<>("x"));

        assertThat(result(cocalc.perform(new LicensesList(0, 0))).path("licenses"))
                .isEmpty();
        assertThat(cocalc.perform(new LicensesList(0, 0))).isInstanceOf(Again.class);
    }

    @Test
    void of_a_ledger_line_that_is_told_which_says_what_was_billed() {
        JsonNode line = Content.json("""
                {"id":7,"time":"2026-11-23T19:08:34.890Z","cost":12.380000114,"service":"license","period_start":null,
                 "invoice_id":"in_1","notes":"ada@university.example","description":{"license_id":"l","item":{"id":3,
                 "description":{"title":"for Ada","description":"for Ada\\npurser:main:o-1"}}}}""");

        JsonNode result = result(PurchasesPull.told(List.of(line), new java.math.BigDecimal("9866.89"), false));

        assertThat(result.at("/purchases/0")).isEqualTo(Content.json("""
                {"id":7,"time":"2026-11-23T19:08:34.890Z","cost":"12.38","service":"license","period_start":null,
                 "period_end":null,"license_id":"l","cart_item_id":3,"order_id":"o-1"}"""));
        assertThat(result.path("balance").asText()).isEqualTo("9866.89");
        assertThat(result.path("note").asText()).contains("reconciliation.run");
    }

    @Test
    void a_cutoff_is_asked_for_in_utc_because_cocalc_ignores_other_zones() {
        assertThat(read(Verb.PURCHASES_PULL, "{\"cutoff\":\"2026-11-01T02:00:00+02:00\"}"))
                .isInstanceOfSatisfying(
                        PurchasesPull.class, pull -> assertThat(pull.since()).isEqualTo("2026-11-01T00:00:00Z"));
    }

    @Test
    void a_stop_whose_answer_was_lost_is_asked_again() {
        cocalc.answers(new Answer.Done<>(true), new Answer.Unknown<>("reset"), new Answer.NotSent<>("refused"));

        assertThat(result(cocalc.perform(new ProjectStop(SOME)))).isNotNull();
        assertThat(cocalc.perform(new ProjectStop(SOME)))
                .isEqualTo(new Again(Obstacle.NO_ANSWER, "CoCalc gave no clear answer: reset", null));
        assertThat(cocalc.perform(new ProjectStop(SOME)))
                .isEqualTo(new Again(Obstacle.NOT_SENT, "CoCalc could not be asked: refused", null));
    }

    @Test
    void a_stop_that_is_forbidden_says_what_to_do() {
        cocalc.answers(new Answer.Refused<>(Refusal.FORBIDDEN, "must be a collaborator to stop project"));

        assertThat(failure(cocalc.perform(new ProjectStop(SOME)))).satisfies(no -> {
            assertThat(no.code()).isEqualTo("forbidden");
            assertThat(no.message())
                    .startsWith("CoCalc refused: must be a collaborator to stop project. Make the purchasing account");
        });
    }

    @Test
    void a_throttled_question_waits_as_long_as_cocalc_says() {
        cocalc.answers(new Answer.Throttled<>(Duration.ofSeconds(53)));

        assertThat(cocalc.perform(new LicensesList(0, 0)))
                .isInstanceOfSatisfying(
                        Again.class, again -> assertThat(again.atLeast()).hasSeconds(53));
    }

    @Test
    void a_pdf_counts_only_when_the_compile_ended_well() {
        Deed compile = read(Verb.LATEX_COMPILE, "{\"path\":\"a.tex\"}");
        cocalc.answers(
                new Answer.Done<>(new Compiled("https://c/a.pdf", 0, "fine", null)),
                new Answer.Done<>(new Compiled("https://c/a.pdf", 12, "! Oops", null)),
                new Answer.Done<>(new Compiled(null, 12, "! Oops", "no such file")));

        assertThat(result(cocalc.perform(compile)))
                .isEqualTo(Content.json("{\"path\":\"a.tex\",\"exit_code\":0,\"url\":\"https://c/a.pdf\"}"));
        assertThat(failure(cocalc.perform(compile)).message()).contains("exit code 12", "an earlier run");
        Failed failed = failure(cocalc.perform(compile));
        assertThat(failed.code()).isEqualTo("latex_failed");
        assertThat(failed.result().path("log").asText()).isEqualTo("! Oops");
        assertThat(failed.message()).doesNotContain("Oops");
    }

    @Test
    void a_compile_is_asked_again_but_not_when_it_runs_a_command_of_the_senders_own() {
        cocalc.answers(
                new Answer.Unknown<>("reset"),
                new Answer.Refused<>(Refusal.UNLISTED, "project is not running"),
                new Answer.Unknown<>("reset"),
                new Answer.Refused<>(Refusal.UNLISTED, "project is not running"));
        Deed plain = read(Verb.LATEX_COMPILE, "{\"content\":\"x\"}");
        Deed own = read(Verb.LATEX_COMPILE, "{\"path\":\"a.tex\",\"command\":\"make publish\"}");

        assertThat(cocalc.perform(plain)).isInstanceOf(Again.class);
        assertThat(cocalc.perform(plain)).isInstanceOf(Again.class);
        assertThat(failure(cocalc.perform(own)).code()).isEqualTo("unknown_outcome");
        assertThat(failure(cocalc.perform(own)).code()).isEqualTo("refused_by_cocalc");
    }

    @Test
    void a_document_without_a_path_lies_where_cocalc_cleans_up() {
        assertThat(read(Verb.LATEX_COMPILE, "{\"content\":\"x\"}"))
                .isInstanceOfSatisfying(
                        LatexCompile.class,
                        compile -> assertThat(compile.job().path()).matches("/tmp/purser-[0-9a-f-]{36}\\.tex"));
    }
}
