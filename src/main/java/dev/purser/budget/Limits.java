package dev.purser.budget;

import io.quarkus.runtime.annotations.StaticInitSafe;
import io.smallrye.config.ConfigMapping;
import java.math.BigDecimal;
import java.util.Optional;

/** Hard limits in USD for each purchasing account. Where none is set, nothing is bought. */
@StaticInitSafe
@ConfigMapping(prefix = "purser.budget")
public interface Limits {

    Optional<BigDecimal> perOrder();

    /** UTC days. */
    Optional<BigDecimal> perDay();

    /** UTC months. */
    Optional<BigDecimal> perMonth();
}
