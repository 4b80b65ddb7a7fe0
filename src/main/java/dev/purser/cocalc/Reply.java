package dev.purser.cocalc;

import org.jspecify.annotations.Nullable;

/** What came back over HTTP, whole, before anybody made sense of it. @param date the header, CoCalc's clock when it answered */
record Reply(
        int status, @Nullable String contentType, @Nullable String date, byte[] body) {

    @Override
    public String toString() {
        return "HTTP " + status + ", " + (contentType == null ? "no content type" : contentType) + ", " + body.length
                + " bytes";
    }
}
