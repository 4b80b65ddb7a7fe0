package dev.purser.intake;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.component.file.FileComponent;
import org.apache.camel.component.file.GenericFile;
import org.apache.camel.component.file.GenericFileOperationFailedException;
import org.apache.camel.component.file.remote.RemoteFileOperations;
import org.apache.camel.component.file.remote.SftpEndpoint;
import org.apache.camel.component.file.remote.SftpRemoteFile;
import org.apache.camel.support.DefaultExchange;
import org.jboss.logging.Logger;

/**
 * Folders of an SFTP server. Camel's endpoint knows how to get there (keys, known hosts, proxies); its routes only read, so the
 * renames are asked for one by one: they are what makes several instances take a file once.
 */
final class RemoteShelves implements Shelves {

    private static final Logger LOG = Logger.getLogger(RemoteShelves.class);
    /** Uploads stop for a moment more often than copies on one machine. */
    private static final Duration QUIET = Duration.ofSeconds(4);

    private static final Duration QUIET_WHEN_UNFINISHED = Duration.ofSeconds(15);
    /** An end is seen by fetching the whole file. In bytes. */
    private static final long END_IS_NEAR = 64 * 1024;

    private final CamelContext camel;
    private final DropUri uri;
    private final ConcurrentLinkedDeque<RemoteFileOperations<SftpRemoteFile>> idle = new ConcurrentLinkedDeque<>();
    private final Set<String> folders = ConcurrentHashMap.newKeySet();

    RemoteShelves(CamelContext camel, DropUri uri) {
        this.camel = camel;
        this.uri = uri.with("stepwise", "false").with("streamDownload", "true").with("fastExistsCheck", "true");
    }

    private interface Question<R> {
        R ask(RemoteFileOperations<SftpRemoteFile> server) throws IOException;
    }

    @Override
    public String inbox() {
        String folder = folder();
        return folder.substring(folder.lastIndexOf('/') + 1);
    }

    /** Camel and JSch read these characters in the target of a rename as wildcards and folders, and nothing helps. */
    @Override
    public String kept(String name) {
        return name.replaceAll("[\\\\*?]", "_");
    }

    @Override
    public List<String> names(String folder) throws IOException {
        return ask(server -> server.existsFile(at(folder))
                ? Arrays.stream(server.listFiles(at(folder)))
                        .filter(file -> !file.isDirectory())
                        .map(SftpRemoteFile::getFilename)
                        .toList()
                : List.of());
    }

    @Override
    public Optional<Instant> changed(String place) throws IOException {
        return ask(server -> find(server, place).map(file -> Instant.ofEpochMilli(file.getLastModified())));
    }

    private Optional<SftpRemoteFile> find(RemoteFileOperations<SftpRemoteFile> server, String place) {
        return server.existsFile(at(place))
                ? Arrays.stream(server.listFiles(at(place))).findFirst()
                : Optional.empty();
    }

    @Override
    public Optional<Long> size(String place) throws IOException {
        return ask(server -> find(server, place).map(SftpRemoteFile::getFileLength));
    }

    @Override
    public boolean move(String from, String to) throws IOException {
        return ask(server -> {
            makeFolder(server, to);
            try {
                return server.renameFile(at(from), at(to));
            } catch (GenericFileOperationFailedException e) {
                folders.remove(folderOf(to));
                if (server.existsFile(at(from))) {
                    throw e;
                }
                return false;
            }
        });
    }

    @Override
    public LocalCopy copy(String place) throws IOException {
        Path copy = Files.createTempFile("purser-drop", ".csv");
        try {
            ask(server -> {
                download(server, place, copy);
                return true;
            });
            return new LocalCopy(copy, true);
        } catch (IOException | RuntimeException e) {
            Files.deleteIfExists(copy);
            throw e;
        }
    }

    private void download(RemoteFileOperations<SftpRemoteFile> server, String place, Path copy) throws IOException {
        long size = size(server, place);
        Exchange exchange = new DefaultExchange(camel);
        GenericFile<Object> file = new GenericFile<>();
        exchange.setProperty(FileComponent.FILE_EXCHANGE_FILE, file);
        server.retrieveFile(at(place), exchange, size);
        try (InputStream in = (InputStream) file.getBody()) {
            Files.copy(in, copy, StandardCopyOption.REPLACE_EXISTING);
        }
        if (Files.size(copy) != size || size(server, place) != size) {
            throw new IOException("it changed while it was fetched, or was not fetched whole");
        }
    }

    private long size(RemoteFileOperations<SftpRemoteFile> server, String place) throws IOException {
        return find(server, place)
                .orElseThrow(() -> new IOException("it is not there any more"))
                .getFileLength();
    }

    @Override
    public Path draft(String place) throws IOException {
        return Files.createTempFile("purser-draft", ".csv");
    }

    @Override
    public void publish(Path draft, String place) throws IOException {
        String name = place.substring(place.lastIndexOf('/') + 1);
        // Somebody whose lease has ended may still be writing the same results: each has a draft of its own.
        String hidden =
                place.substring(0, place.length() - name.length()) + "." + name + "." + UUID.randomUUID() + ".draft";
        try {
            ask(server -> {
                makeFolder(server, place);
                Exchange exchange = new DefaultExchange(camel);
                exchange.getIn().setBody(draft.toFile());
                server.storeFile(at(hidden), exchange, Files.size(draft));
                return replace(server, hidden, place);
            });
        } catch (IOException | RuntimeException e) {
            folders.remove(folderOf(place));
            discard(hidden);
            throw e;
        } finally {
            Files.deleteIfExists(draft);
        }
    }

    /** At once where the server can do that; others must let go of the old file first. */
    private boolean replace(RemoteFileOperations<SftpRemoteFile> server, String draft, String place) {
        try {
            return server.renameFile(at(draft), at(place));
        } catch (GenericFileOperationFailedException e) {
            // What is there is only given up for what can take its place.
            if (!server.existsFile(at(draft))) {
                throw e;
            }
            server.deleteFile(at(place));
            return server.renameFile(at(draft), at(place));
        }
    }

    private void discard(String draft) {
        try {
            ask(server -> server.existsFile(at(draft)) && server.deleteFile(at(draft)));
        } catch (IOException | RuntimeException away) {
            LOG.debugf("the draft %s stays on the server", draft);
        }
    }

    /** A folder that could not be made may have been made by another instance; one that was made may be gone later. */
    private void makeFolder(RemoteFileOperations<SftpRemoteFile> server, String place) {
        String folder = folderOf(place);
        if (!folders.contains(folder) && (server.buildDirectory(folder, false) || server.existsFile(folder))) {
            folders.add(folder);
        }
    }

    private String folderOf(String place) {
        return at(place).substring(0, at(place).lastIndexOf('/'));
    }

    @Override
    public Duration quiet(String name, long size) {
        if (size == 0 || size > END_IS_NEAR) {
            return QUIET_WHEN_UNFINISHED;
        }
        try (LocalCopy copy = copy(inbox() + "/" + name)) {
            return LocalShelves.endsWithALine(copy.path(), size) ? QUIET : QUIET_WHEN_UNFINISHED;
        } catch (IOException unreadable) {
            return QUIET_WHEN_UNFINISHED;
        }
    }

    @Override
    public Duration lookEvery() {
        return Duration.ofSeconds(5);
    }

    private SftpEndpoint endpoint() {
        return camel.getEndpoint(uri.text(), SftpEndpoint.class);
    }

    private String folder() {
        return endpoint().getConfiguration().getDirectory().replaceFirst("/+$", "");
    }

    /** JSch reads * and ? in a name as wildcards, and a backslash as what takes their meaning away. */
    private String at(String place) {
        String folder = folder();
        String beside = folder.substring(0, folder.lastIndexOf('/') + 1);
        return beside + place.replaceAll("[\\\\*?]", "\\\\$0");
    }

    /** Connections are used one at a time, and again while they work. */
    private <R> R ask(Question<R> question) throws IOException {
        RemoteFileOperations<SftpRemoteFile> server =
                Optional.ofNullable(idle.poll()).orElseGet(() -> endpoint().createRemoteFileOperations());
        try {
            if (!server.sendNoop()) {
                server.forceDisconnect();
                server.connect(endpoint().getConfiguration(), null);
            }
            R answer = question.ask(server);
            idle.push(server);
            return answer;
        } catch (GenericFileOperationFailedException e) {
            server.forceDisconnect();
            throw new IOException(e);
        } catch (IOException | RuntimeException e) {
            server.forceDisconnect();
            throw e;
        }
    }
}
