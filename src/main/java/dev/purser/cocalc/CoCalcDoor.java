package dev.purser.cocalc;

import java.util.Set;
import java.util.UUID;

/** CoCalc, for each of the purchasing accounts. */
public interface CoCalcDoor {

    /** Aliases of the configured purchasing accounts, in alphabetical order: {@code PURSER_ACCOUNTS_BIG_SHOP_API_KEY} is {@code big_shop}. */
    Set<String> accounts();

    /** CoCalc as this purchasing account sees it. @throws IllegalArgumentException for an alias that is not configured */
    CoCalc as(String alias);

    /** From now on only keys of this CoCalc account are used: with one that has changed nothing is asked but {@link CoCalc#identity()}. */
    void bind(String alias, UUID account);

    /** True when there is a key about which {@link CoCalc#identity()} was not asked. */
    boolean isKeyNew(String alias);

    /** The variable that its key comes from, for people. */
    String keyVariable(String alias);
}
