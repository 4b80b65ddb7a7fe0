package dev.purser.intake;

import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.jboss.logging.Logger;

/**
 * Goes on while the file is no longer than when it was looked at. An upload that stood still and goes on has rows that nobody has seen:
 * what is left is read when the file has been looked at anew.
 */
record UntilItGrows(ImportView file, long lookedAt, LongSupplier sizeNow, BooleanSupplier goOn)
        implements BooleanSupplier {

    private static final Logger LOG = Logger.getLogger(UntilItGrows.class);

    @Override
    public boolean getAsBoolean() {
        return goOn.getAsBoolean() && !hasGrown();
    }

    boolean hasGrown() {
        long now = sizeNow.getAsLong();
        if (now > lookedAt) {
            LOG.errorf(
                    "import %d, %s, was taken for whole at %d bytes and has %d now: its rows are read on from where they stopped;"
                            + " a row that was cut there was judged as it was. Upload under another name and rename, or write the"
                            + " .done mark last",
                    file.id(), file.fileName(), lookedAt, now);
        }
        return now > lookedAt;
    }
}
