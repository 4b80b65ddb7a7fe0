package dev.purser.provisioning;

import dev.purser.cocalc.CartItem;
import dev.purser.cocalc.LedgerLine;
import dev.purser.kernel.Money;
import dev.purser.provisioning.Standing.Bought;
import dev.purser.provisioning.Standing.Checkout;
import dev.purser.provisioning.Standing.OpenAdd;
import dev.purser.provisioning.Standing.PaidLine;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The one thing to do next for a purchasing account. */
sealed interface Action {

    void by(Hands hands);

    /** @param readAgain what was read back is out of date after it */
    record Wait(Duration time, boolean readAgain) implements Action {
        Wait(Duration time) {
            this(time, false);
        }

        @Override
        public void by(Hands hands) {
            hands.turn().rest(this);
        }
    }

    /** The cart, and what was bought since the last look. */
    record Look() implements Action {
        @Override
        public void by(Hands hands) {
            hands.lookout().look();
        }
    }

    /** Orders whose token was seen bought without an open checkout of ours. */
    record Settle(List<Bought> bought) implements Action {
        @Override
        public void by(Hands hands) {
            hands.examining().settle(this);
        }
    }

    /** @param items the live item of each order */
    record Adopt(Map<Line, CartItem> items) implements Action {
        @Override
        public void by(Hands hands) {
            hands.adding().adopt(this);
        }
    }

    /** @param items with the orders that they are of */
    record RemoveExtra(Map<Long, Line> items) implements Action {
        @Override
        public void by(Hands hands) {
            hands.takingOut().removeExtra(this);
        }
    }

    /** Ticked items that are not ours; the ticks are written down first. */
    record Untick(List<CartItem> foreign) implements Action {
        @Override
        public void by(Hands hands) {
            hands.ticks().untick(this);
        }
    }

    record Retick(Set<Long> items) implements Action {
        @Override
        public void by(Hands hands) {
            hands.ticks().retick(this);
        }
    }

    record TickOurs(List<Long> items) implements Action {
        @Override
        public void by(Hands hands) {
            hands.ticks().tickOurs(this);
        }
    }

    /** Not their turn while the item is searched that CoCalc refuses. */
    record UntickOurs(List<Long> items) implements Action {
        @Override
        public void by(Hands hands) {
            hands.ticks().untickOurs(this);
        }
    }

    /** CoCalc refused it alone. @param words CoCalc's */
    record Reject(Line line, String words) implements Action {
        @Override
        public void by(Hands hands) {
            hands.takingOut().reject(this);
        }
    }

    /** Another item was ticked when the suspect was refused: CoCalc may have meant that one. */
    record SearchAnew() implements Action {
        @Override
        public void by(Hands hands) {
            hands.till().searchAnew();
        }
    }

    /** Orders whose item is not in the cart any more: bought by somebody, or removed? */
    record Examine(List<Line> missing) implements Action {
        @Override
        public void by(Hands hands) {
            hands.examining().examine(this);
        }
    }

    /** Orders that a person wants to be cancelled: their items are removed, and it is final when the quiet time is over. */
    record TakeOut(List<Line> orders) implements Action {
        @Override
        public void by(Hands hands) {
            hands.takingOut().takeOut(this);
        }
    }

    /** Orders that a person wants to be cancelled and that no cart, open checkout or addition holds, unless somebody has bought them. */
    record Cancel(List<Line> orders) implements Action {
        @Override
        public void by(Hands hands) {
            hands.examining().cancel(this);
        }
    }

    /** Orders that wait for a person or for money; what they have in the cart is removed first. */
    record Hold(List<Held> orders) implements Action {
        record Held(
                Line line,
                String code,
                String message,
                @Nullable Money quoted) {}

        @Override
        public void by(Hands hands) {
            hands.takingOut().hold(this);
        }
    }

    record Release(List<Line> orders) implements Action {
        @Override
        public void by(Hands hands) {
            hands.takingOut().release(this);
        }
    }

    /** Orders wait for money: has some come? */
    record AskBalance() implements Action {
        @Override
        public void by(Hands hands) {
            hands.lookout().askBalance();
        }
    }

    /** @param notBefore when each may be sent, counted from the observation */
    record Add(List<Line> orders, List<Duration> notBefore) implements Action {
        @Override
        public void by(Hands hands) {
            hands.adding().add(this);
        }
    }

    /** Their quiet time is over; the cart was read after it, and what it has of theirs was adopted or removed. */
    record GiveUpAdds(List<OpenAdd> adds) implements Action {
        @Override
        public void by(Hands hands) {
            hands.adding().giveUp(this);
        }
    }

    record ReadCart() implements Action {
        @Override
        public void by(Hands hands) {
            hands.lookout().readCart();
        }
    }

    record AskQuote() implements Action {
        @Override
        public void by(Hands hands) {
            hands.till().askQuote();
        }
    }

    /**
     * Write down and pay, once.
     *
     * @param total the larger of CoCalc's total and the sum of the lines
     * @param billFrom when CoCalc, by its own clock, had the first of these items: no bill of theirs is older; null: it did not say
     */
    record Pay(List<PaidLine> lines, Money total, @Nullable Instant billFrom) implements Action {
        @Override
        public void by(Hands hands) {
            hands.till().pay(this);
        }
    }

    /** The checkout surely bought nothing. */
    record CallOff(Checkout checkout, String why) implements Action {
        @Override
        public void by(Hands hands) {
            hands.till().callOff(this);
        }
    }

    record Doubt(Checkout checkout, String why) implements Action {
        @Override
        public void by(Hands hands) {
            hands.till().doubt(this);
        }
    }

    /** Take every tick away: a checkout that has not begun then buys nothing. */
    record Disarm(Checkout checkout) implements Action {
        @Override
        public void by(Hands hands) {
            hands.ticks().disarm(this);
        }
    }

    record ReadBack(Checkout checkout) implements Action {
        @Override
        public void by(Hands hands) {
            hands.readingBack().readBack(this);
        }
    }

    /**
     * What became of a checkout.
     *
     * @param billed the ledger's line of each item, where it showed all of them once and at the price that was quoted; else empty
     * @param pause why the account must be looked at by a person before it buys again, or null
     */
    record Close(
            Checkout checkout,
            List<Bought> bought,
            List<PaidLine> notBought,
            Map<Long, LedgerLine> billed,
            @Nullable String pause)
            implements Action {
        @Override
        public void by(Hands hands) {
            hands.till().close(this);
        }
    }

    /** What CoCalc billed since then, by its clock: is it what was bought, and once? */
    record ReadLedger(Instant since) implements Action {
        @Override
        public void by(Hands hands) {
            hands.readingBack().readLedger(this);
        }
    }

    record BookBill(List<Bill.Verdict> verdicts) implements Action {
        @Override
        public void by(Hands hands) {
            hands.readingBack().bookBill(this);
        }
    }
}
