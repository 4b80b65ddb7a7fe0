package dev.purser.cocalc;

/** Why CoCalc said no, as far as its words are known from the recordings. After each of these nothing was changed or bought. */
public enum Refusal {
    /** {@code Insufficient credit on your account to complete the purchase (you need $N)}. */
    INSUFFICIENT_CREDIT,
    /** An item of the cart cannot be priced or sold; the whole cart fails. */
    BAD_ITEM,
    /** The caller is signed in and lacks a right (partner, manager, collaborator). */
    FORBIDDEN,
    /** No such item, license or table. */
    NOT_FOUND,
    /** The key counts and belongs to no account: that of a project does so (a CoCalc fact). */
    NO_ACCOUNT,
    /** A parameter that CoCalc or its database cannot read. */
    BAD_REQUEST,
    /** CoCalc's database cannot be reached, said openly. */
    DATABASE_DOWN,
    /** The path does not exist there (HTTP 404 page): another dialect or another version. */
    NOT_SERVED,
    /** An error text that is in no list: what it means for a checkout is not known. */
    UNLISTED
}
