package dev.purser.cocalc;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.Optional;

/**
 * Where one purchasing account asks for the price and pays. Which of the two checkouts is there is found out by a quote, which
 * cannot buy; until then nothing is paid.
 */
final class Till {

    private final String account;
    private final Line line;
    private final Dialect configured;

    /** Once it is no longer AUTO it stays, as long as its checkout is served: an answer that misleads must not move one to another path. */
    private volatile Dialect dialect;

    Till(String account, Line line, Dialect configured) {
        this.account = account;
        this.line = line;
        this.configured = configured;
        this.dialect = configured;
    }

    Optional<Dialect> dialect() {
        return Optional.of(dialect).filter(settled -> settled != Dialect.AUTO);
    }

    Answer<Quote> quote() {
        if (dialect == Dialect.DOCUMENTED) {
            return quoteWithoutPrices();
        }
        Answer<Quote> answer = ask(Endpoint.CHECKOUT_PARAMS, Shapes::quote);
        if (dialect != Dialect.AUTO) {
            return answer;
        }
        if (wasRefusedFor(answer, Refusal.NOT_SERVED)) {
            // A wrong address is not served, either: only a cart at the same address makes it a dialect.
            Answer<Quote> instead = quoteWithoutPrices();
            if (instead.isDone()) {
                settle(Dialect.DOCUMENTED);
            }
            return instead;
        }
        if (answer.isDone()
                || wasRefusedFor(answer, Refusal.BAD_ITEM)
                || wasRefusedFor(answer, Refusal.INSUFFICIENT_CREDIT)) {
            settle(Dialect.LIVING);
        }
        return answer;
    }

    private Answer<Quote> quoteWithoutPrices() {
        return ask(Endpoint.CART_GET, Shapes::cart)
                .map(items -> new Quote(
                        null,
                        null,
                        items.stream()
                                .filter(CartItem::checked)
                                .map(item -> new Quote.Line(item, null))
                                .toList()));
    }

    Answer<Boolean> checkout() {
        return switch (dialect) {
            case AUTO -> new Answer.NotSent<>("the checkout dialect is not settled; ask for a quote first");
            case LIVING -> ask(Endpoint.CHECKOUT, Shapes::success);
            case DOCUMENTED -> documentedCheckout();
        };
    }

    /** Where it is not served either, the quote was misled, by a page in the middle of a deployment: it is asked anew. */
    private Answer<Boolean> documentedCheckout() {
        Answer<Boolean> answer = ask(Endpoint.DOCUMENTED_CHECKOUT, Shapes::documentedSuccess);
        if (wasRefusedFor(answer, Refusal.NOT_SERVED)) {
            dialect = configured;
        }
        return answer;
    }

    private synchronized void settle(Dialect found) {
        if (dialect == Dialect.AUTO) {
            dialect = found;
        }
    }

    private <T> Answer<T> ask(Endpoint endpoint, Shape<T> shape) {
        return line.ask(account, endpoint, JsonNodeFactory.instance.objectNode(), shape);
    }

    private static boolean wasRefusedFor(Answer<?> answer, Refusal refusal) {
        return answer instanceof Answer.Refused<?> refused && refused.refusal() == refusal;
    }
}
