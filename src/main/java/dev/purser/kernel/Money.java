package dev.purser.kernel;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Collection;

/** An amount in USD, exact to the cent (scale 2). May be negative: a balance can be overdrawn. */
public record Money(BigDecimal usd) implements Comparable<Money> {

    public static final Money ZERO = new Money(BigDecimal.ZERO);

    public Money {
        usd = usd.setScale(2, RoundingMode.UNNECESSARY);
    }

    /** Of a decimal text such as {@code 25.00}; more than two decimals or no number throws {@link ArithmeticException}. */
    public static Money of(String usd) {
        return new Money(new BigDecimal(usd));
    }

    public static Money ofCents(long cents) {
        return new Money(BigDecimal.valueOf(cents, 2));
    }

    /** What must be assumed to be owed: part of a cent counts as a whole one. */
    public static Money roundedUp(BigDecimal usd) {
        return new Money(usd.setScale(2, RoundingMode.CEILING));
    }

    /** What may be assumed to be there: part of a cent does not count. */
    public static Money roundedDown(BigDecimal usd) {
        return new Money(usd.setScale(2, RoundingMode.FLOOR));
    }

    public static Money sum(Collection<Money> amounts) {
        return amounts.stream().reduce(ZERO, Money::plus);
    }

    public Money plus(Money other) {
        return new Money(usd.add(other.usd));
    }

    public Money minus(Money other) {
        return new Money(usd.subtract(other.usd));
    }

    public Money max(Money other) {
        return compareTo(other) >= 0 ? this : other;
    }

    public boolean isMoreThan(Money other) {
        return compareTo(other) > 0;
    }

    @Override
    public int compareTo(Money other) {
        return usd.compareTo(other.usd);
    }

    /** The decimal text, always with two decimals: {@code 1645.50}. */
    @Override
    public String toString() {
        return usd.toPlainString();
    }
}
