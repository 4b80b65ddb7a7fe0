package dev.purser.console.bill;

import dev.purser.console.page.Wording;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/**
 * Ordered against billed, a pair of bars for each day, or for each week or month where there are too many; in the units of an SVG that
 * is {@link #WIDTH} wide and {@link #HEIGHT} high.
 *
 * @param unit {@code day}, {@code week} or {@code month}
 */
record BarChart(String unit, List<Bar> bars, List<Mark> amounts, List<Mark> times) {

    static final int WIDTH = 960;
    static final int HEIGHT = 260;

    private static final int LEFT = 76;
    private static final int RIGHT = 16;
    private static final int TOP = 12;
    private static final int BOTTOM = 30;
    private static final int MOST_PAIRS = 45;
    private static final int MOST_LABELS = 12;
    private static final double WIDEST_BAR = 28;

    /** @param kind ordered or billed. @param told for whoever rests on it */
    record Bar(String kind, String x, String y, String width, String height, String told) {}

    /** A text beside an axis. @param at where on it */
    record Mark(String at, String text) {}

    /** What was ordered and billed at one time, in cents. */
    record Point(LocalDate day, long ordered, long billed) {}

    private enum Unit {
        DAY(ChronoUnit.DAYS, "d MMM", day -> day),
        WEEK(ChronoUnit.WEEKS, "d MMM", day -> day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY))),
        MONTH(ChronoUnit.MONTHS, "MMM yy", day -> day.withDayOfMonth(1)),
        YEAR(ChronoUnit.YEARS, "yyyy", day -> day.withDayOfYear(1));

        private final ChronoUnit step;
        private final DateTimeFormatter format;
        private final UnaryOperator<LocalDate> begin;

        Unit(ChronoUnit step, String format, UnaryOperator<LocalDate> begin) {
            this.step = step;
            this.format = DateTimeFormatter.ofPattern(format, Locale.ENGLISH);
            this.begin = begin;
        }

        private long pairs(LocalDate first, LocalDate last) {
            return step.between(begin.apply(first), begin.apply(last)) + 1;
        }

        private static Unit of(LocalDate first, LocalDate last) {
            for (Unit unit : values()) {
                if (unit.pairs(first, last) <= MOST_PAIRS) {
                    return unit;
                }
            }
            return YEAR;
        }

        private String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** @param points earliest first, at least one */
    static BarChart of(List<Point> points) {
        LocalDate first = points.get(0).day();
        LocalDate last = points.get(points.size() - 1).day();
        Unit unit = Unit.of(first, last);
        Map<LocalDate, Point> pairs = new TreeMap<>();
        for (LocalDate day = unit.begin.apply(first); !day.isAfter(last); day = day.plus(1, unit.step)) {
            pairs.put(day, new Point(day, 0, 0));
        }
        points.forEach(point -> pairs.merge(
                unit.begin.apply(point.day()),
                point,
                (sum, each) -> new Point(sum.day(), sum.ordered() + each.ordered(), sum.billed() + each.billed())));
        return drawn(unit, List.copyOf(pairs.values()));
    }

    private static BarChart drawn(Unit unit, List<Point> pairs) {
        long most = Math.max(
                1,
                pairs.stream()
                        .mapToLong(p -> Math.max(p.ordered(), p.billed()))
                        .max()
                        .orElse(1));
        long step = roundStep(most);
        long top = (most + step - 1) / step * step;
        double slot = (double) (WIDTH - LEFT - RIGHT) / pairs.size();
        double width = Math.min(WIDEST_BAR, slot * 0.4);
        List<Bar> bars = new ArrayList<>();
        List<Mark> times = new ArrayList<>();
        int everyNth = (pairs.size() + MOST_LABELS - 1) / MOST_LABELS;
        for (int i = 0; i < pairs.size(); i++) {
            Point pair = pairs.get(i);
            double middle = LEFT + slot * (i + 0.5);
            String when = unit.format.format(pair.day());
            bars.add(bar("ordered", pair.ordered(), middle - width, width, top, when));
            bars.add(bar("billed", pair.billed(), middle, width, top, when));
            if (i % everyNth == 0) {
                times.add(new Mark(number(middle), when));
            }
        }
        List<Mark> amounts = new ArrayList<>();
        for (long amount = 0; amount <= top; amount += step) {
            amounts.add(new Mark(number(y(amount, top)), Wording.dollars(amount)));
        }
        return new BarChart(unit.word(), bars, amounts, times);
    }

    private static Bar bar(String kind, long cents, double x, double width, long top, String when) {
        double y = y(Math.max(0, cents), top);
        return new Bar(
                kind,
                number(x),
                number(y),
                number(Math.max(1, width - 1)),
                number(HEIGHT - BOTTOM - y),
                when + ": " + Wording.money(cents) + " USD " + kind);
    }

    private static double y(long cents, long top) {
        return HEIGHT - BOTTOM - (double) cents / top * (HEIGHT - BOTTOM - TOP);
    }

    /** 1, 2 or 5 times a power of ten, whole dollars, so that three to five lines make it. */
    private static long roundStep(long most) {
        long power = 100;
        while (true) {
            for (long step : new long[] {power, 2 * power, 5 * power}) {
                if (step * 5 >= most) {
                    return step;
                }
            }
            power *= 10;
        }
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }
}
