package dev.purser.reconciliation.ledger;

import dev.purser.reconciliation.sql.Statements;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What the stored lines of one service, or of all, come to. CoCalc adds them in ways of its own, so there are several right answers:
 * as printed, with the six digits that {@code real::decimal} keeps of each, or one by one in 4-byte reals.
 *
 * @param running how much less it is when lines that still run do not count; {@code hours} what they may have cost since; by the mean of an hour so far, where no price of an hour is told
 */
public record Sums(long lines, BigDecimal printed, BigDecimal sixDigits, BigDecimal running, BigDecimal hours) {

    private static final Sums NOTHING = new Sums(0, BigDecimal.ZERO, BigDecimal.ZERO, BigDecimal.ZERO, BigDecimal.ZERO);

    /** The last word on each line, also on one that is sealed. */
    private static final String LAST_WORD = """
            with line as (
                select l.service, l.id, l.time, coalesce(c.cost, l.cost) as cost, coalesce(c.raw, l.raw) as raw,
                       case when c.raw is null then l.so_far
                            when jsonb_typeof(c.raw -> 'cost_so_far') = 'number' then (c.raw ->> 'cost_so_far')::numeric end as so_far
                  from ledger_line l
                  left join lateral (select cost, raw from ledger_change c where c.account_id = l.account_id and c.id = l.id
                                      order by read_at desc limit 1) c on l.month is not null
                 where l.account_id = ?)
            """;

    private static final String BY_SERVICE = LAST_WORD + """
            select service, count(*) as lines,
                   coalesce(sum(coalesce(cost, so_far)), 0) as printed,
                   coalesce(sum(coalesce(cost, so_far)::real::numeric), 0) as six_digits,
                   coalesce(sum(so_far) filter (where cost is null), 0) as running,
                   coalesce(sum(coalesce((raw ->> 'cost_per_hour')::numeric * lasted.hours, so_far / greatest(lasted.hours, 1)))
                            filter (where cost is null), 0) as hours
              from line cross join lateral (
                   select case when cost is null
                               then extract(epoch from now() - coalesce((raw ->> 'period_start')::timestamptz, time)) / 3600
                          end as hours) lasted
             group by service""";

    private static final String ONE_BY_ONE = LAST_WORD + """
            select coalesce(sum(coalesce(cost, so_far)::real order by id), 0)::float8::numeric as a,
                   coalesce(sum(coalesce(cost, so_far)::real::numeric::real order by id), 0)::float8::numeric as b,
                   coalesce(sum(coalesce(cost, so_far)::real order by time, id), 0)::float8::numeric as c,
                   coalesce(sum(coalesce(cost, so_far)::real::numeric::real order by time, id), 0)::float8::numeric as d
              from line where service = coalesce(?, service)""";

    public static Map<String, Sums> byService(Statements db, UUID account) {
        Map<String, Sums> sums = new LinkedHashMap<>();
        db.each(
                BY_SERVICE,
                row -> sums.put(
                        row.getString("service"),
                        new Sums(
                                row.getLong("lines"),
                                row.getBigDecimal("printed"),
                                row.getBigDecimal("six_digits"),
                                row.getBigDecimal("running"),
                                row.getBigDecimal("hours"))),
                previous -> {},
                account);
        return sums;
    }

    /** Needs them in order, so it is asked only where the other answers do not fit. @param service null: all */
    static List<BigDecimal> oneByOne(Statements db, UUID account, @Nullable String service) {
        return db.first(
                        ONE_BY_ONE,
                        row -> List.of(
                                row.getBigDecimal("a"),
                                row.getBigDecimal("b"),
                                row.getBigDecimal("c"),
                                row.getBigDecimal("d")),
                        account,
                        service)
                .orElseThrow();
    }

    static Sums all(Map<String, Sums> services) {
        return services.values().stream().reduce(NOTHING, Sums::plus);
    }

    private Sums plus(Sums other) {
        return new Sums(
                lines + other.lines,
                printed.add(other.printed),
                sixDigits.add(other.sixDigits),
                running.add(other.running),
                hours.add(other.hours));
    }

    /** Whether CoCalc's word can be the sum of these lines. */
    boolean comesTo(BigDecimal told) {
        BigDecimal least = printed.subtract(running.max(BigDecimal.ZERO));
        BigDecimal most = printed.add(hours.max(BigDecimal.ZERO));
        boolean stillRunning = least.compareTo(most) != 0;
        return Stream.of(printed, sixDigits, printed.subtract(running)).anyMatch(sum -> isAbout(told, sum))
                || stillRunning && told.compareTo(least) >= 0 && told.compareTo(most) <= 0;
    }

    /**
     * A balance is a 4-byte real, printed with seven digits or so: it is right to its last binary digit. One of at most six digits may
     * have lost the seventh.
     */
    static boolean isAbout(BigDecimal told, BigDecimal sum) {
        double last = Math.ulp((float) Math.max(Math.abs(told.doubleValue()), Math.abs(sum.doubleValue())));
        BigDecimal digits = told.stripTrailingZeros();
        int exponent = digits.precision() - digits.scale();
        BigDecimal sixth = digits.precision() <= 6 && digits.signum() != 0
                ? BigDecimal.ONE.scaleByPowerOfTen(exponent - 6).divide(BigDecimal.valueOf(2))
                : BigDecimal.ZERO;
        BigDecimal tolerance = BigDecimal.valueOf(last).max(sixth).max(new BigDecimal("0.005"));
        return told.subtract(sum).abs().compareTo(tolerance) <= 0;
    }
}
