package dev.purser.cli;

import java.util.Optional;

/** What only the entry point can start, because only it knows the whole house. Each ends with its exit code, or a {@link Failure}. */
public interface House {

    /** @param json standard output is for a program, so a person is told on standard error */
    int serve(boolean json);

    int demo(boolean json);

    int sandbox(boolean json);

    /** Why Purser must not listen where it is told to, for a person. */
    Optional<String> exposure();
}
