package dev.purser.budget;

import dev.purser.kernel.LicenseSpec;
import dev.purser.kernel.LicenseSpec.Period;
import dev.purser.kernel.LicenseSpec.Uptime;
import dev.purser.kernel.LicenseSpec.User;
import dev.purser.kernel.Money;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;

/**
 * What CoCalc charges for a license, by the price function that 60 of 60 recorded prices confirm. In USD, for all
 * {@code run_limit} projects together.
 */
public final class Prices {

    private static final BigDecimal MONTH_IN_MILLIS =
            BigDecimal.valueOf(Duration.ofHours(732).toMillis()); // 30.5 days
    private static final BigDecimal NOISE = new BigDecimal("0.00001");
    private static final BigDecimal FLOAT_NOISE = new BigDecimal("1.000000000001");

    private Prices() {}

    public static Money of(LicenseSpec spec) {
        return of(
                spec, BigDecimal.valueOf(spec.ram()), BigDecimal.valueOf(spec.cpu()), BigDecimal.valueOf(spec.disk()));
    }

    /**
     * The most that CoCalc may ask: it reckons in binary floats and rounds up, so a price that falls exactly on a cent can
     * come out one cent higher for each project.
     */
    public static Money atMost(LicenseSpec spec) {
        return of(
                spec,
                BigDecimal.valueOf(spec.ram()),
                BigDecimal.valueOf(spec.cpu()),
                BigDecimal.valueOf(spec.disk()),
                FLOAT_NOISE);
    }

    /** @param ram in GB, and so on: the recordings also price parts of a GB */
    static Money of(LicenseSpec spec, BigDecimal ram, BigDecimal cpu, BigDecimal disk) {
        return of(spec, ram, cpu, disk, BigDecimal.ONE);
    }

    private static Money of(LicenseSpec spec, BigDecimal ram, BigDecimal cpu, BigDecimal disk, BigDecimal noise) {
        BigDecimal perMonth = ram.multiply(decimal("0.625"))
                .add(cpu.multiply(decimal("5")))
                .divide(decimal("1.2"), MathContext.DECIMAL128)
                .multiply(uptimeFactor(spec))
                .multiply(isMember(spec) ? decimal("2") : BigDecimal.ONE)
                .add(disk.multiply(decimal("0.25")).divide(decimal("0.6"), MathContext.DECIMAL128))
                .multiply(spec.user() == User.ACADEMIC ? decimal("0.6") : BigDecimal.ONE)
                .multiply(periodFactor(spec.period()))
                .subtract(NOISE)
                .setScale(2, RoundingMode.CEILING);
        BigDecimal unit =
                switch (spec.period()) {
                    case MONTHLY -> perMonth;
                    case YEARLY -> perMonth.multiply(decimal("12"));
                    case RANGE ->
                        perMonth.multiply(millis(spec))
                                .divide(MONTH_IN_MILLIS, MathContext.DECIMAL128)
                                .multiply(noise)
                                .setScale(2, RoundingMode.CEILING);
                };
        return Money.roundedUp(unit.multiply(BigDecimal.valueOf(spec.runLimit())));
    }

    private static BigDecimal uptimeFactor(LicenseSpec spec) {
        return switch (spec.uptime()) {
            case SHORT -> BigDecimal.ONE;
            case MEDIUM -> decimal("2");
            case DAY -> decimal("4");
            case ALWAYS_RUNNING -> spec.member() ? decimal("7") : decimal("2");
        };
    }

    private static boolean isMember(LicenseSpec spec) {
        return spec.member() || spec.uptime() == Uptime.DAY;
    }

    private static BigDecimal periodFactor(Period period) {
        return switch (period) {
            case MONTHLY -> decimal("0.9");
            case YEARLY -> decimal("0.75");
            case RANGE -> BigDecimal.ONE;
        };
    }

    private static BigDecimal millis(LicenseSpec spec) {
        Instant start = Objects.requireNonNull(spec.start());
        Instant end = Objects.requireNonNull(spec.end());
        return BigDecimal.valueOf(Duration.between(start, end).toMillis());
    }

    private static BigDecimal decimal(String text) {
        return new BigDecimal(text);
    }
}
