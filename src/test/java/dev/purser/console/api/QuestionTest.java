package dev.purser.console.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.purser.orders.Filter;
import dev.purser.orders.OrderState;
import org.junit.jupiter.api.Test;

class QuestionTest {

    private final Question question = new Question();

    @Test
    void no_parameter_asks_for_the_fifty_newest() {
        Question.Asked asked = question.read();

        assertThat(asked.page().wrong()).isEmpty();
        assertThat(asked.filter()).isEqualTo(new Filter(null, null, null, null, null));
        assertThat(asked.page().limit()).isEqualTo(50);
    }

    @Test
    void every_parameter_is_read() {
        question.state = "in_cart";
        question.campaign = "fall-26";
        question.importId = "12";
        question.text = "calculus";
        question.paging.limit = "500";
        question.paging.cursor = new Cursor(99).text();

        Question.Asked asked = question.read();

        assertThat(asked.page().wrong()).isEmpty();
        assertThat(asked.filter()).isEqualTo(new Filter(OrderState.IN_CART, "fall-26", 12L, "calculus", 99L));
        assertThat(asked.page().limit()).isEqualTo(500);
    }

    @Test
    void an_empty_parameter_is_none() {
        question.state = "";
        question.campaign = "";
        question.importId = "";
        question.text = "";
        question.paging.limit = "";
        question.paging.cursor = "";

        Question.Asked asked = question.read();

        assertThat(asked.page().wrong()).isEmpty();
        assertThat(asked.filter()).isEqualTo(new Filter(null, null, null, null, null));
    }

    @Test
    void all_wrong_parameters_are_named_at_once() {
        question.state = "SOLD";
        question.campaign = "a\0b";
        question.importId = "-1";
        question.text = "x".repeat(257);
        question.paging.limit = "501";
        question.paging.cursor = "page2";

        assertThat(question.read().page().wrong())
                .extracting(Problem.Part::parameter)
                .containsExactlyInAnyOrder("state", "campaign", "import", "q", "limit", "cursor");
    }
}
