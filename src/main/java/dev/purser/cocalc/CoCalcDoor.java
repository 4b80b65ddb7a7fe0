package dev.purser.cocalc;

import java.util.Set;

/** CoCalc, for each of the purchasing accounts. */
public interface CoCalcDoor {

    /** Aliases of the configured purchasing accounts, in alphabetical order: {@code PURSER_ACCOUNTS_BIG_SHOP_API_KEY} is {@code big_shop}. */
    Set<String> accounts();

    /** CoCalc as this purchasing account sees it. @throws IllegalArgumentException for an alias that is not configured */
    CoCalc as(String alias);
}
