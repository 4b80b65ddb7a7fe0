package dev.purser.cocalc;

import java.time.Duration;
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
    private final Duration work;
    private volatile boolean underWay;

    /** @param work what CoCalc may take for the thing itself, on top of the time-out of any call */
    Call(String account, Endpoint endpoint, byte[] question, Duration work) {
        super(question, JSON);
        this.account = account;
        this.endpoint = endpoint;
        this.work = work;
    }

    String account() {
        return account;
    }

    Endpoint endpoint() {
        return endpoint;
    }

    Duration work() {
        return work;
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
