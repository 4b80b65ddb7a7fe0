package dev.purser.console.bill;

import static org.assertj.core.api.Assertions.assertThat;

import dev.purser.console.bill.BarChart.Bar;
import dev.purser.console.bill.BarChart.Mark;
import dev.purser.console.bill.BarChart.Point;
import dev.purser.console.page.Wording;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BarChartTest {

    private static final LocalDate DAY = LocalDate.of(2026, 11, 2);

    @Test
    void equal_amounts_are_equally_high_and_twice_as_much_is_twice_as_high() {
        BarChart chart = BarChart.of(List.of(new Point(DAY, 500, 500), new Point(DAY.plusDays(1), 1000, 0)));

        assertThat(chart.bars())
                .extracting(bar -> Double.parseDouble(bar.height()))
                .satisfies(heights -> {
                    assertThat(heights.get(0)).isPositive().isEqualTo(heights.get(1));
                    assertThat(heights.get(2)).isEqualTo(2 * heights.get(0));
                    assertThat(heights.get(3)).isZero();
                });
        assertThat(chart.bars().get(2).told()).isEqualTo("3 Nov: 10.00 USD ordered");
    }

    @Test
    void days_without_anything_keep_their_place() {
        BarChart chart = BarChart.of(List.of(new Point(DAY, 1, 1), new Point(DAY.plusDays(3), 1, 1)));

        assertThat(chart.bars()).hasSize(8);
        assertThat(chart.times()).extracting(Mark::text).containsExactly("2 Nov", "3 Nov", "4 Nov", "5 Nov");
    }

    @ParameterizedTest
    @CsvSource({"0, day, 1", "44, day, 45", "45, week, 7", "400, month, 14", "3000, year, 10"})
    void a_long_time_is_drawn_by_week_month_or_year(int days, String unit, int pairs) {
        BarChart chart = BarChart.of(
                days == 0
                        ? List.of(new Point(DAY, 100, 100))
                        : List.of(new Point(DAY, 100, 100), new Point(DAY.plusDays(days), 100, 100)));

        assertThat(chart.unit()).isEqualTo(unit);
        assertThat(chart.bars()).hasSize(2 * pairs);
        assertThat(chart.times()).hasSizeLessThanOrEqualTo(12);
        assertThat(chart.bars()).allSatisfy(bar -> assertThat(end(bar)).isLessThanOrEqualTo(BarChart.WIDTH));
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "499, 5", "2500, 25", "2501, 30", "7342298, 80000", "99999999999, 1000000000"})
    void the_axis_ends_at_round_dollars_at_or_above_the_highest_bar(long cents, long dollars) {
        List<Mark> amounts = BarChart.of(List.of(new Point(DAY, cents, 0))).amounts();

        assertThat(amounts).hasSizeBetween(2, 6);
        assertThat(amounts.get(amounts.size() - 1).text()).isEqualTo(Wording.number(dollars));
    }

    @Test
    void what_came_back_is_drawn_as_nothing() {
        assertThat(BarChart.of(List.of(new Point(DAY, 0, -500))).bars())
                .extracting(Bar::height)
                .containsExactly("0.0", "0.0");
    }

    private static double end(Bar bar) {
        return Double.parseDouble(bar.x()) + Double.parseDouble(bar.width());
    }
}
