package dev.purser.budget;

import io.quarkus.runtime.annotations.StaticInitSafe;
import io.smallrye.config.ConfigMapping;
import java.math.BigDecimal;
import java.util.Optional;

/** Hard limits in USD for each purchasing account. Where none of these is set, nothing is bought; the campaign's does not count for that. */
@StaticInitSafe
@ConfigMapping(prefix = "purser.budget")
public interface Limits {

    Optional<BigDecimal> perOrder();

    /** UTC days. */
    Optional<BigDecimal> perDay();

    /** UTC months. */
    Optional<BigDecimal> perMonth();

    /** Over the campaign's whole life and over all purchasing accounts. */
    Optional<BigDecimal> perCampaign();
}
