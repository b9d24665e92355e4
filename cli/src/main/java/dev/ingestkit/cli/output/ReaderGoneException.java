package dev.ingestkit.cli.output;

/** Thrown when the reader of standard output has gone ({@code | head}): the command stops quietly with exit code 0. */
public final class ReaderGoneException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    ReaderGoneException() {
        super("standard output was closed by its reader", null, false, false);
    }
}
