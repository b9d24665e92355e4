package dev.ingestkit.cli.output;

/** Whoever read standard output has gone ({@code | head}). The command ends at once and quietly, with exit code 0. */
public final class ReaderGoneException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    ReaderGoneException() {
        super("nobody reads standard output any more", null, false, false);
    }
}
