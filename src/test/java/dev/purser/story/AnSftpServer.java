package dev.purser.story;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.KeyPair;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.apache.sshd.common.file.virtualfs.VirtualFileSystemFactory;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.keyprovider.SimpleGeneratorHostKeyProvider;
import org.apache.sshd.sftp.server.SftpSubsystemFactory;
import org.awaitility.Awaitility;

/** A partner's SFTP server, with a folder {@code orders/inbox} and one user. */
public final class AnSftpServer implements AutoCloseable {

    private final String password = Canaries.planted("pw-" + UUID.randomUUID());
    private final Path home =
            Path.of("target", "sftp", UUID.randomUUID().toString()).toAbsolutePath();
    private final Path knownHosts = home.resolve("known_hosts");
    private final SshServer server = SshServer.setUpDefaultServer();

    public static AnSftpServer start() {
        try {
            AnSftpServer sftp = new AnSftpServer();
            sftp.open();
            return sftp;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void open() throws IOException {
        Files.createDirectories(inbox());
        SimpleGeneratorHostKeyProvider hostKey = new SimpleGeneratorHostKeyProvider(home.resolve("host-key"));
        hostKey.setAlgorithm("EC");
        KeyPair key = hostKey.loadKeys(null).iterator().next();
        server.setHost("127.0.0.1");
        server.setKeyPairProvider(hostKey);
        server.setSubsystemFactories(List.of(new SftpSubsystemFactory()));
        server.setFileSystemFactory(new VirtualFileSystemFactory(home.resolve("files")));
        server.setPasswordAuthenticator((user, given, session) -> user.equals("partner") && given.equals(password));
        server.start();
        Files.writeString(
                knownHosts, "[127.0.0.1]:" + server.getPort() + " " + PublicKeyEntry.toString(key.getPublic()) + "\n");
    }

    public String uri() {
        return "sftp:partner@127.0.0.1:" + server.getPort() + "/orders/inbox?password=" + password + "&knownHostsFile="
                + knownHosts;
    }

    /** As {@link #uri}, for somebody who was never told whose key the server has. */
    public String uriOfAStranger() {
        return uri().replace(knownHosts.toString(), home.resolve("nobody").toString());
    }

    ADropFolder drop() {
        return new ADropFolder(inbox());
    }

    public Path inbox() {
        return home.resolve("files/orders/inbox");
    }

    /** Bytes arrive little by little, as over a slow line. */
    void upload(String name, String text, Duration pause) throws IOException {
        Path file = inbox().resolve(name);
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        int half = bytes.length / 2;
        Files.write(file, java.util.Arrays.copyOf(bytes, half));
        Awaitility.await().pollDelay(pause).atMost(pause.plusSeconds(10)).until(() -> true);
        Files.write(file, bytes);
    }

    void mark(String name) throws IOException {
        Path hidden = Files.createFile(inbox().resolve("." + name + ".done"));
        Files.move(hidden, inbox().resolve(name + ".done"), StandardCopyOption.ATOMIC_MOVE);
    }

    /** What lies in a folder beside the inbox, or in the inbox. */
    public List<String> names(String folder) throws IOException {
        Path place = inbox().resolveSibling(folder);
        if (!Files.isDirectory(place)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(place)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> file.getFileName().toString())
                    .sorted()
                    .toList();
        }
    }

    @Override
    public void close() {
        try {
            server.stop(true);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
