package dev.purser.kernel.failpoint;

import io.quarkus.runtime.Startup;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Ends the process without a word at the one point that is set, as {@code kill -9} would. */
@Singleton
@Startup
public class Failpoints {

    private static final Logger LOG = Logger.getLogger(Failpoints.class);
    private static final Pattern SYNTAX = Pattern.compile("([a-z-]+)\\.(before|after):([1-9][0-9]{0,5})");
    private static final int KILLED = 137;

    private final @Nullable Step step;
    private final boolean after;
    private final AtomicInteger left;

    /** @param failpoint for example {@code checkout.after:1} */
    @Inject
    Failpoints(@ConfigProperty(name = "purser.failpoint") Optional<String> failpoint) {
        Matcher read = SYNTAX.matcher(failpoint.orElse(""));
        Step named = read.matches() ? Step.named(read.group(1)).orElse(null) : null;
        if (failpoint.isPresent() && named == null) {
            throw new IllegalArgumentException("PURSER_FAILPOINT must be a step, before or after, and a count, such as"
                    + " checkout.after:1, not " + failpoint.get() + "; the steps are "
                    + Arrays.toString(Step.values()));
        }
        step = named;
        after = named != null && read.group(2).equals("after");
        left = new AtomicInteger(named == null ? 0 : Integer.parseInt(read.group(3)));
        failpoint.ifPresent(set -> LOG.warnf("PURSER_FAILPOINT is set: this process ends itself at %s", set));
    }

    public static Failpoints off() {
        return new Failpoints(Optional.empty());
    }

    /** Work of another kind than a bean's method, see {@link Failpoint}. */
    public <T> T around(Step reached, Supplier<T> work) {
        before(reached);
        T done = work.get();
        after(reached);
        return done;
    }

    void before(Step reached) {
        pass(reached, false);
    }

    void after(Step reached) {
        pass(reached, true);
    }

    private void pass(Step reached, boolean isAfter) {
        if (reached == step && isAfter == after && left.decrementAndGet() == 0) {
            Runtime.getRuntime().halt(KILLED);
        }
    }
}
