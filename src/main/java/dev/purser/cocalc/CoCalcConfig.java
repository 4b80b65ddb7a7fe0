package dev.purser.cocalc;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Optional;

/** How CoCalc is reached. The purchasing accounts are read by {@link Keys}, since their names are the user's own. */
@ConfigMapping(prefix = "purser.cocalc")
interface CoCalcConfig {

    String DEFAULT_TIMEOUT = "PT10S";
    String DEFAULT_LONGEST_REQUEST = "PT60S";

    /** For example {@code https://cocalc.com/api/v2}; plain http is for loopback only. */
    Optional<String> url();

    /** How long one call may take altogether before it counts as unknown. */
    @WithDefault(DEFAULT_TIMEOUT)
    Duration timeout();

    /** How long CoCalc may still work on a request whose answer we lost. */
    @WithDefault(DEFAULT_LONGEST_REQUEST)
    Duration longestRequest();

    /** {@code auto} lets the first quote find out: a quote cannot buy. */
    @WithDefault("auto")
    Dialect dialect();
}
