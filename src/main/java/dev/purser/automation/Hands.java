package dev.purser.automation;

import jakarta.enterprise.context.ApplicationScoped;

/** What a command reaches beside CoCalc. */
@ApplicationScoped
class Hands {

    private final OrderHand orders;
    private final LedgerHand ledger;
    private final BillHand bill;

    Hands(OrderHand orders, LedgerHand ledger, BillHand bill) {
        this.orders = orders;
        this.ledger = ledger;
        this.bill = bill;
    }

    OrderHand orders() {
        return orders;
    }

    LedgerHand ledger() {
        return ledger;
    }

    BillHand bill() {
        return bill;
    }
}
