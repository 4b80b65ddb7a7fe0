package dev.purser.cocalc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.purser.kernel.Email;
import dev.purser.kernel.Money;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class ReadingTest {

    private static final UUID ID = UUID.fromString("f01845ee-9d49-4ac6-a41c-810b88484a00");

    private static final List<Function<String, Answer<?>>> READINGS = List.of(
            body -> read(Endpoint.CART_GET, body, Shapes::identity),
            body -> read(Endpoint.CART_GET, body, Shapes::emailAddress),
            body -> read(Endpoint.CART_GET, body, Shapes::cart),
            body -> read(Endpoint.CART_GET, body, Shapes::cartItem),
            body -> read(Endpoint.CART_GET, body, Shapes::quote),
            body -> read(Endpoint.CART_GET, body, Shapes::success),
            body -> read(Endpoint.CART_GET, body, Shapes::documentedSuccess),
            body -> read(Endpoint.CART_GET, body, Shapes::ledgerPage),
            body -> read(Endpoint.CART_GET, body, Shapes::licenses),
            body -> read(Endpoint.CART_GET, body, Shapes::query),
            body -> read(Endpoint.CART_GET, body, SpecJson::read),
            body -> read(Endpoint.CART_GET, body, Json::count),
            body -> read(Endpoint.CART_GET, body, Json::amount),
            body -> read(Endpoint.CART_GET, body, json -> Shapes.license(json, ID)));

    @Test
    void an_account_may_be_unknown_without_email_or_with_one() {
        assertThat(email("{}")).isEqualTo(new Answer.Done<>(new CoCalc.EmailAddress(false, Optional.empty())));
        for (String none : List.of("null", "\"\"", "\"undefined\"")) {
            assertThat(email("{\"email_address\":" + none + "}"))
                    .isEqualTo(new Answer.Done<>(new CoCalc.EmailAddress(true, Optional.empty())));
        }
        assertThat(email("{\"email_address\":\"Bob.Mixed+case@Example.ORG\"}"))
                .isEqualTo(new Answer.Done<>(
                        new CoCalc.EmailAddress(true, Optional.of(new Email("Bob.Mixed+case@Example.ORG")))));
    }

    @Test
    void an_answer_that_is_not_about_an_email_never_says_that_the_account_is_unknown() {
        for (String body :
                List.of("[]", "{\"error\":null}", "{\"message\":\"hi\"}", "{\"email_address\":5}", "null", "1")) {
            assertThat(email(body)).as(body).isInstanceOf(Answer.Unknown.class);
        }
    }

    private static Answer<CoCalc.EmailAddress> email(String body) {
        return read(Endpoint.EMAIL_ADDRESS, body, Shapes::emailAddress);
    }

    @Test
    void a_null_error_is_none_where_the_rest_has_the_expected_form() {
        assertThat(read(Endpoint.CHECKOUT, "{\"success\":true,\"error\":null}", Shapes::success))
                .isEqualTo(new Answer.Done<>(true));
        assertThat(read(Endpoint.CHECKOUT, "{\"error\":null}", Shapes::success)).isInstanceOf(Answer.Unknown.class);
    }

    @Test
    void an_error_wins_over_a_success_beside_it() {
        assertThat(read(Endpoint.CHECKOUT, "{\"success\":true,\"error\":\"oh\"}", Shapes::success))
                .isEqualTo(new Answer.Refused<>(Refusal.UNLISTED, "oh"));
        assertThat(read(Endpoint.CHECKOUT, "{\"error\":{\"code\":1}}", Shapes::success))
                .isEqualTo(new Answer.Refused<>(Refusal.UNLISTED, "{\"code\":1}"));
    }

    @Test
    void a_checkout_has_succeeded_only_where_it_says_so() {
        for (String body : List.of(
                "{\"success\":false}",
                "{\"success\":\"true\"}",
                "{}",
                "true",
                "1",
                "[]",
                "null",
                "{\"success\":true} x")) {
            assertThat(read(Endpoint.CHECKOUT, body, Shapes::success)).as(body).isInstanceOf(Answer.Unknown.class);
        }
    }

    @Test
    void a_text_that_is_only_like_a_listed_one_is_unlisted() {
        for (String text : List.of(
                "Must be signed in",
                "must be signed in, and the purchase was made",
                "Insufficient credit",
                "field custom_ram",
                "Connection terminated unexpectedly",
                "connect ECONNREFUSED 127.0.0.1:5499",
                "")) {
            assertThat(read(Endpoint.CHECKOUT, "{\"error\":\"" + text + "\"}", Shapes::success))
                    .as(text)
                    .isEqualTo(new Answer.Refused<>(Refusal.UNLISTED, text));
        }
    }

    @Test
    void an_integer_that_the_checkout_cannot_read_is_an_items() {
        String error = "{\"error\":\"invalid input syntax for type integer: \\\"1.5\\\"\"}";

        assertThat(read(Endpoint.CHECKOUT, error, Shapes::success))
                .isEqualTo(new Answer.Refused<>(Refusal.BAD_ITEM, "invalid input syntax for type integer: \"1.5\""));
        assertThat(read(Endpoint.CART_GET, error, Shapes::cart))
                .isEqualTo(new Answer.Refused<>(Refusal.BAD_REQUEST, "invalid input syntax for type integer: \"1.5\""));
    }

    @Test
    void without_partner_status_the_documented_checkout_is_forbidden() {
        assertThat(read(
                        Endpoint.DOCUMENTED_CHECKOUT,
                        "{\"error\":\"reCaptcha token must be provided\"}",
                        Shapes::documentedSuccess))
                .isEqualTo(new Answer.Refused<>(Refusal.FORBIDDEN, "reCaptcha token must be provided"));
    }

    @Test
    void only_an_html_page_with_404_says_that_a_path_is_not_served() {
        assertThat(status(404, "text/html; charset=utf-8", "<!DOCTYPE html>"))
                .isInstanceOfSatisfying(Answer.Refused.class, refused -> assertThat(refused.refusal())
                        .isEqualTo(Refusal.NOT_SERVED));
        assertThat(status(404, "application/json", "{\"error\":\"not found\"}")).isInstanceOf(Answer.Unknown.class);
        assertThat(status(404, null, "")).isInstanceOf(Answer.Unknown.class);
        assertThat(status(502, "text/html", "<html>")).isInstanceOf(Answer.Unknown.class);
    }

    @Test
    void a_400_is_a_refusal_only_in_the_recorded_words() {
        assertThat(status(400, null, "Invalid JSON")).isInstanceOf(Answer.Refused.class);
        assertThat(status(400, "text/html", "<html>Bad request</html>")).isInstanceOf(Answer.Unknown.class);
        assertThat(status(400, "application/json", "{}")).isInstanceOf(Answer.Unknown.class);
        assertThat(status(500, "application/json", "{\"message\":\"oops\"}")).isInstanceOf(Answer.Unknown.class);
        assertThat(status(304, null, "")).isInstanceOf(Answer.Unknown.class);
        assertThat(status(201, "application/json", "{\"success\":true}")).isInstanceOf(Answer.Unknown.class);
    }

    private static Answer<Boolean> status(int status, String type, String body) {
        return Reading.read(
                Endpoint.CHECKOUT,
                new Reply(status, type, null, body.getBytes(StandardCharsets.UTF_8)),
                Shapes::success);
    }

    @Test
    void a_strange_item_hides_neither_itself_nor_its_neighbours() {
        Answer<List<CartItem>> cart = read(Endpoint.CART_GET, """
                [{"id":9,"checked":null,"product":"7","description":5,"project_id":"x","purchased":{"payment_intent":"pi"}},
                 {"id":8,"checked":"true","product":{"a":1},"description":{"description":7}},
                 {"id":7,"added":"2026-11-23T19:24:09.652Z","checked":true,"product":"site-license","description":{"description":"d"},
                  "project_id":"f01845ee-9d49-4ac6-a41c-810b88484a00",
                  "purchased":{"time":"2026-11-23T19:25:18.153Z","success":true,"license_id":"f01845ee-9d49-4ac6-a41c-810b88484a00"}}]
                """, Shapes::cart);

        assertThat(cart)
                .isEqualTo(new Answer.Done<>(List.of(
                        new CartItem(
                                9,
                                null,
                                false,
                                "7",
                                Optional.empty(),
                                null,
                                null,
                                new CartItem.Purchased(null, false, null)),
                        new CartItem(8, null, false, "", Optional.empty(), null, null, null),
                        new CartItem(
                                7,
                                Instant.parse("2026-11-23T19:24:09.652Z"),
                                true,
                                "site-license",
                                Optional.empty(),
                                "d",
                                ID,
                                new CartItem.Purchased(Instant.parse("2026-11-23T19:25:18.153Z"), true, ID)))));
    }

    @Test
    void a_cart_with_an_item_that_has_no_id_is_not_known() {
        assertThat(read(Endpoint.CART_GET, "[{\"id\":1},{\"id\":\"2\"}]", Shapes::cart))
                .isInstanceOf(Answer.Unknown.class);
        assertThat(read(Endpoint.CART_GET, "{\"id\":2}", Shapes.itemWithId(1))).isInstanceOf(Answer.Unknown.class);
    }

    @Test
    void prices_are_exact_and_what_is_left_of_a_cent_counts_as_one() {
        Answer<Quote> answer = read(Endpoint.CHECKOUT_PARAMS, """
                {"balance":99978.984,"total":91.17000000000002,"cart":[{"id":1,"lineItemAmount":27.96},{"id":2,"lineItemAmount":0.011}]}
                """, Shapes::quote);

        assertThat(answer).isInstanceOfSatisfying(Answer.Done.class, done -> {
            Quote quote = (Quote) done.value();
            assertThat(quote.balance()).isEqualByComparingTo(new BigDecimal("99978.984"));
            assertThat(quote.total()).isEqualTo(Money.of("91.17"));
            assertThat(quote.lines())
                    .extracting(Quote.Line::price)
                    .containsExactly(Money.of("27.96"), Money.of("0.02"));
        });
    }

    @Test
    void an_amount_without_end_is_no_amount() {
        for (String amount : List.of("1e999999999", "1E-999999999", "\"12\"", "null", "1e16")) {
            assertThat(read(Endpoint.BALANCE, amount, Json::amount)).as(amount).isInstanceOf(Answer.Unknown.class);
        }
    }

    @Test
    void the_ledger_may_come_as_a_bare_list() {
        assertThat(read(Endpoint.PURCHASES, "[{\"id\":1}]", Shapes::ledgerPage))
                .isInstanceOfSatisfying(Answer.Done.class, done -> {
                    CoCalc.LedgerPage page = (CoCalc.LedgerPage) done.value();
                    assertThat(page.lines()).hasSize(1);
                    assertThat(page.balance()).isNull();
                });
        assertThat(read(Endpoint.PURCHASES, "{\"balance\":1}", Shapes::ledgerPage))
                .isInstanceOf(Answer.Unknown.class);
    }

    @Test
    void no_foreign_json_makes_the_reading_throw() {
        String[] seeds = {
            SpecJson.write(SpecJsonTest.RANGE, "text").toString(),
            "[{\"id\":1,\"checked\":true,\"purchased\":{\"time\":\"2026-12-01T00:00:00Z\",\"success\":true},\"description\":{}}]",
            "{\"balance\":1e999999999,\"total\":-1E-999999999,\"cart\":[{\"id\":5,\"lineItemAmount\":1E+2000000}]}",
            "{\"purchases\":[{}],\"balance\":\"1\",\"email_address\":\" \",\"query\":{\"accounts\":{\"account_id\":\"x\"}}}",
            "{\"managers\":[1,null,\"1-1-1-1-1\"],\"id\":\"f01845ee-9d49-4ac6-a41c-810b88484a00\",\"success\":[]}",
        };
        Random random = new Random(42);
        for (int round = 0; round < 20_000; round++) {
            StringBuilder text = new StringBuilder(seeds[random.nextInt(seeds.length)]);
            for (int change = random.nextInt(4); change > 0; change--) {
                String pieces = "{}[],:\"09e-nt";
                int at = random.nextInt(text.length());
                text.replace(
                        at,
                        at + random.nextInt(3) % (text.length() - at + 1),
                        "" + pieces.charAt(random.nextInt(pieces.length())));
            }
            String body = text.toString();
            READINGS.forEach(reading -> assertThat(reading.apply(body)).isNotNull());
        }
    }

    private static <T> Answer<T> read(Endpoint endpoint, String body, Shape<T> shape) {
        return Reading.read(
                endpoint,
                new Reply(200, "application/json; charset=utf-8", null, body.getBytes(StandardCharsets.UTF_8)),
                shape);
    }
}
