package dev.purser.console.bill;

import dev.purser.reconciliation.Finding;

/** What a finding is called and what it means, for a person. */
record FindingWords(String word, String meaning, String kind) {

    static FindingWords of(Finding finding) {
        return new FindingWords(word(finding), meaning(finding), kind(finding));
    }

    static String word(Finding finding) {
        return finding.name().toLowerCase(java.util.Locale.ROOT).replace('_', ' ');
    }

    /** For the colour of its badge. */
    private static String kind(Finding finding) {
        return switch (finding) {
            case MATCHED -> "good";
            case IN_FLIGHT -> "busy";
            case RENEWAL, REFUND_OR_CREDIT, OTHER_SERVICE -> "off";
            case ORDERED_NOT_BILLED,
                    BILLED_NOT_ORDERED,
                    BILLED_TWICE,
                    AMOUNT_DIFFERS,
                    PERIOD_DIFFERS,
                    BILLED_NO_LICENSE,
                    LICENSE_NOT_BILLED -> "bad";
        };
    }

    private static String meaning(Finding finding) {
        return switch (finding) {
            case MATCHED -> "billed as it was ordered, or an order that was not bought";
            case ORDERED_NOT_BILLED -> "bought by its order, and not on the bill";
            case BILLED_NOT_ORDERED -> "a license on the bill that no order asked for";
            case BILLED_TWICE -> "one more purchase of the same cart item or order";
            case AMOUNT_DIFFERS -> "billed at another amount than it was paid at";
            case PERIOD_DIFFERS -> "billed for another time than was ordered";
            case BILLED_NO_LICENSE -> "on the bill, and there is no license";
            case LICENSE_NOT_BILLED -> "a license of this account that is not on the bill";
            case RENEWAL -> "a subscription that an order began has renewed itself";
            case REFUND_OR_CREDIT -> "money that came back or was paid in";
            case OTHER_SERVICE -> "CoCalc billed something that is no license";
            case IN_FLIGHT -> "too young to be told";
        };
    }
}
