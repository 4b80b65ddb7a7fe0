package dev.purser.intake;

import java.nio.file.Path;

/** The Camel endpoint that files are dropped at. Its options may hold a password: it is never printed. */
public record DropUri(String text) {

    /** Throws, with the way out, when no file can be taken from there. */
    public DropUri {
        if (!text.startsWith("file:") && !text.startsWith("sftp:")) {
            throw new IllegalArgumentException("PURSER_DROP_URI must be a file: endpoint such as " + IntakeRoutes.DROP
                    + ", or an sftp: endpoint such as sftp:partner@host/orders/inbox?privateKeyFile=...; a bucket of an object"
                    + " store is served by its SFTP gateway, or as a folder that is mounted");
        }
        if (!isLocal(text) && place(text).matches("(//)?[^/]*/*")) {
            throw new IllegalArgumentException(
                    "PURSER_DROP_URI must name a folder behind the host: sftp:partner@host/orders/inbox");
        }
    }

    public boolean isLocal() {
        return isLocal(text);
    }

    public Path folder() {
        String path = place(text);
        return Path.of(path.startsWith("//") ? path.substring(2) : path);
    }

    /** With this option, unless it has one of that name already. */
    DropUri with(String option, String value) {
        boolean has = text.contains("?" + option + "=") || text.contains("&" + option + "=");
        return has ? this : new DropUri(text + (text.contains("?") ? "&" : "?") + option + "=" + value);
    }

    private static boolean isLocal(String text) {
        return text.startsWith("file:");
    }

    /** What stands between the scheme and the options. */
    private static String place(String text) {
        int options = text.indexOf('?');
        return text.substring(text.indexOf(':') + 1, options < 0 ? text.length() : options);
    }

    @Override
    public String toString() {
        return "DropUri[" + (isLocal() ? "file" : "sftp") + "]";
    }
}
