package dev.purser.reconciliation;

/** What one line of the bill, one order or one license is found to be; each is exactly one of these. */
public enum Finding {
    /** As it was ordered; or an order without a purchase, and nothing was billed for it. */
    MATCHED,
    ORDERED_NOT_BILLED,
    BILLED_NOT_ORDERED,
    /** One more purchase of the same cart item or the same token. */
    BILLED_TWICE,
    AMOUNT_DIFFERS,
    PERIOD_DIFFERS,
    BILLED_NO_LICENSE,
    /** A license that the account bought, by its own record, without a purchase and without an order. */
    LICENSE_NOT_BILLED,
    /** A subscription that an order of ours began has renewed itself. */
    RENEWAL,
    REFUND_OR_CREDIT,
    OTHER_SERVICE,
    /** Too young to be told. */
    IN_FLIGHT;

    /** Somebody must look: it is kept until the facts agree. */
    public boolean isDiscrepancy() {
        return switch (this) {
            case ORDERED_NOT_BILLED,
                    BILLED_NOT_ORDERED,
                    BILLED_TWICE,
                    AMOUNT_DIFFERS,
                    PERIOD_DIFFERS,
                    BILLED_NO_LICENSE,
                    LICENSE_NOT_BILLED -> true;
            case MATCHED, RENEWAL, REFUND_OR_CREDIT, OTHER_SERVICE, IN_FLIGHT -> false;
        };
    }
}
