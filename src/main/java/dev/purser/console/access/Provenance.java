package dev.purser.console.access;

import java.net.URI;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Whether a request that changes something comes from a page of ours, or from no page at all. A stranger's page can let a browser
 * send one, with the password that the browser keeps or to a loopback that asks nobody; it cannot read the answer, but the deed
 * is done. The browser says where it comes from.
 */
final class Provenance {

    private static final Set<String> READING = Set.of("GET", "HEAD", "OPTIONS");

    private Provenance() {}

    /**
     * @param site {@code Sec-Fetch-Site}, which a proxy in between does not spoil
     * @param origin {@code Origin}, for browsers that do not send the other
     * @param host whom the request was sent to
     */
    static boolean isForeign(String method, @Nullable String site, @Nullable String origin, @Nullable String host) {
        if (READING.contains(method)) {
            return false;
        }
        if (site != null) {
            return !site.equals("same-origin") && !site.equals("none");
        }
        return origin != null && !isOf(origin, host);
    }

    private static boolean isOf(String origin, @Nullable String host) {
        try {
            return host != null && host.equalsIgnoreCase(URI.create(origin).getAuthority());
        } catch (IllegalArgumentException noAddress) {
            return false;
        }
    }
}
