package dev.purser.intake;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * One pass over a whole file before anything in it is believed: its hash, and whether it is UTF-8 to its last byte.
 *
 * @param flaw why it is no text that we read, or null
 */
record FileLook(String sha256, long bytes, @Nullable String flaw) {

    private static final int BLOCK = 64 * 1024;

    static FileLook at(Path file) throws IOException {
        MessageDigest digest = newDigest();
        Utf8 utf8 = new Utf8();
        String disguise = null;
        long bytes = 0;
        byte[] block = new byte[BLOCK];
        try (InputStream in = Files.newInputStream(file)) {
            int read;
            while ((read = in.readNBytes(block, 0, BLOCK)) > 0) {
                digest.update(block, 0, read);
                if (bytes == 0) {
                    disguise = disguise(block, read);
                }
                utf8.check(block, read, false);
                bytes += read;
            }
        }
        utf8.check(block, 0, true);
        String flaw = bytes == 0 ? "The file is empty." : disguise != null ? disguise : utf8.flaw;
        return new FileLook(HexFormat.of().formatHex(digest.digest()), bytes, flaw);
    }

    static MessageDigest newDigest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private static @Nullable String disguise(byte[] start, int length) {
        int first = length > 1 ? (start[0] & 0xFF) << 8 | start[1] & 0xFF : 0;
        if (first == 0xFFFE || first == 0xFEFF) {
            boolean wide = length > 3 && start[2] == 0 && start[3] == 0;
            return "The file is UTF-" + (wide ? 32 : 16) + " (its byte order mark says so); save it as UTF-8.";
        }
        if (first == ('P' << 8 | 'K') && length > 3 && start[2] < 5) {
            return "The file is a ZIP archive, perhaps a spreadsheet's workbook; save the sheet as CSV in UTF-8.";
        }
        if (first == 0x1F8B) {
            return "The file is packed with gzip; unpack it, and drop the CSV that is in it.";
        }
        int zeros = 0;
        int seen = Math.min(length, 4096);
        for (int i = 0; i < seen; i++) {
            zeros += start[i] == 0 ? 1 : 0;
        }
        return zeros > 1 && zeros * 4 > seen
                ? "The file looks like UTF-16 without a byte order mark (" + zeros + " of its first " + seen
                        + " bytes are zero); save it as UTF-8."
                : null;
    }

    /** Finds the first byte that is no UTF-8. */
    private static final class Utf8 {
        private final CharsetDecoder decoder = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        private final CharBuffer ignored = CharBuffer.allocate(BLOCK);
        private final ByteBuffer carried = ByteBuffer.allocate(BLOCK + 8);
        private long offset;
        private long line = 1;
        private @Nullable String flaw;

        void check(byte[] block, int length, boolean last) {
            if (flaw != null) {
                return;
            }
            carried.put(block, 0, length).flip();
            CoderResult result;
            do {
                int from = carried.position();
                ignored.clear();
                result = decoder.decode(carried, ignored, last);
                count(from, carried.position());
            } while (result.isOverflow());
            if (result.isError()) {
                int wrong = carried.get(carried.position()) & 0xFF;
                flaw = "The file is not UTF-8: byte 0x"
                        + Integer.toHexString(wrong).toUpperCase(java.util.Locale.ROOT)
                        + " in line " + line + " (byte " + (offset + 1) + " of the file)"
                        + (wrong >= 0xA0 ? " looks like Latin-1 (ISO-8859-1 or Windows-1252)" : "")
                        + "; save it as UTF-8.";
            }
            carried.compact();
        }

        private void count(int from, int to) {
            for (int i = from; i < to; i++) {
                line += carried.get(i) == '\n' ? 1 : 0;
            }
            offset += to - from;
        }
    }
}
