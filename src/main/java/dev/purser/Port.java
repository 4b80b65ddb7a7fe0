package dev.purser;

import dev.purser.cli.settings.Settings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.Locale;
import java.util.Optional;

/** A port that something of ours is going to listen on, and the variable by which it can be moved. */
record Port(String variable, String text) {

    static Port of(Settings settings, String name, int otherwise) {
        return new Port(
                name.replace('.', '_').toUpperCase(Locale.ROOT),
                settings.find(name).orElse(Integer.toString(otherwise)));
    }

    int number() {
        return Integer.parseInt(text);
    }

    /** Why it cannot be used, for a person; looks whether it is free right now. */
    Optional<String> refusal() {
        if (!text.matches("\\d{1,5}") || number() == 0 || number() > 65535) {
            return Optional.of(variable + ": '" + text + "' is no port");
        }
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), number()));
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of("Port " + text + " is taken, perhaps by a Purser that is running already."
                    + " Stop what listens there or set " + variable + " to another port.");
        }
    }
}
