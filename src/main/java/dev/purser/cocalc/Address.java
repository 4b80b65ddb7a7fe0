package dev.purser.cocalc;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;

/** Where CoCalc's API is, fixed at start. The key goes there with every call, hence https; plain http only on this machine. */
record Address(String url) {

    private static final String VARIABLE = "PURSER_COCALC_URL";

    /** No account, no call: then the address may be left out, and leads nowhere. */
    private static final Address NOWHERE = new Address("https://cocalc.invalid/api/v2");

    /** @throws IllegalArgumentException naming the variable */
    static Address of(CoCalcConfig config, Keys keys) {
        String url = config.url().map(String::strip).orElse("");
        if (url.isEmpty() && keys.aliases().isEmpty()) {
            return NOWHERE;
        }
        return of(url);
    }

    static Address of(String url) {
        URI uri;
        try {
            uri = new URI(url);
        } catch (URISyntaxException e) {
            throw refused("is no address");
        }
        String host = uri.getHost();
        if (url.isEmpty()) {
            throw refused("is not set; for example https://cocalc.com/api/v2");
        }
        if (host == null || uri.getRawUserInfo() != null || uri.getRawQuery() != null || uri.getRawFragment() != null) {
            throw refused("must be scheme, host and path only, for example https://cocalc.com/api/v2");
        }
        boolean https = "https".equalsIgnoreCase(uri.getScheme());
        boolean http = "http".equalsIgnoreCase(uri.getScheme());
        if (!https && !(http && isLoopback(host))) {
            throw refused("must be https (http only for this machine itself), since the API key is sent there: " + url);
        }
        return new Address(url.replaceAll("/+$", ""));
    }

    /** By the written address only: what a name resolves to can change. */
    private static boolean isLoopback(String host) {
        String name = host.toLowerCase(Locale.ROOT);
        return name.equals("localhost") || name.equals("[::1]") || name.matches("127(\\.\\d{1,3}){3}");
    }

    private static IllegalArgumentException refused(String why) {
        return new IllegalArgumentException(VARIABLE + " " + why);
    }

    @Override
    public String toString() {
        return url;
    }
}
