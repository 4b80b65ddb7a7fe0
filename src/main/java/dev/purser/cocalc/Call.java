package dev.purser.cocalc;

import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;

/**
 * One question on its way, itself the body of the HTTP request. It names the account, never holds its key, and knows whether
 * any of it can have left: that, not the kind of an exception, tells "not sent" from "unknown".
 */
final class Call extends ByteArrayEntity {

    private static final ContentType JSON = ContentType.create("application/json");

    private final String account;
    private final Endpoint endpoint;
    private volatile boolean underWay;

    Call(String account, Endpoint endpoint, byte[] question) {
        super(question, JSON);
        this.account = account;
        this.endpoint = endpoint;
    }

    String account() {
        return account;
    }

    Endpoint endpoint() {
        return endpoint;
    }

    /** From here on CoCalc may have heard it. */
    void setUnderWay() {
        underWay = true;
    }

    boolean isUnderWay() {
        return underWay;
    }

    @Override
    public String toString() {
        return endpoint.path() + " as " + account;
    }
}
