package dev.ingestkit.cli.output;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An error that the user can fix, with message, cause and hints. Any other exception is a defect of the tool. Immutable
 * apart from its stack trace.
 */
public final class CliException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String code;
    private final ExitCode exit;
    private final @Nullable String reason;
    private final List<String> hints;

    /**
     * Creates an error without cause and hints.
     *
     * @param code a stable code that scripts may test, such as {@code QUEUE_NOT_FOUND}
     * @param message the error with the value, in one line
     */
    public CliException(String code, ExitCode exit, String message) {
        this(code, exit, message, null, List.of(), null);
    }

    private CliException(
            String code,
            ExitCode exit,
            String message,
            @Nullable String reason,
            List<String> hints,
            @Nullable Throwable cause) {
        super(requireNonNull(message, "message"), cause);
        this.code = requireNonNull(code, "code");
        this.exit = requireNonNull(exit, "exit");
        this.reason = reason;
        this.hints = List.copyOf(hints);
    }

    /** Returns the error with a cause, and with the cause's text for the second line. */
    public CliException because(String text, @Nullable Throwable cause) {
        return new CliException(code, exit, text(), text, hints, cause);
    }

    /** Returns the error with another hint. */
    public CliException hint(String hint) {
        List<String> more = new java.util.ArrayList<>(hints);
        more.add(hint);
        return new CliException(code, exit, text(), reason, more, getCause());
    }

    /** Returns the stable code. */
    public String code() {
        return code;
    }

    /** Returns the exit code of the process. */
    public ExitCode exit() {
        return exit;
    }

    /** Returns the message, which is never null. */
    public String text() {
        return requireNonNull(getMessage());
    }

    /** Returns the text of the cause. */
    public Optional<String> reason() {
        return Optional.ofNullable(reason);
    }

    /** Returns the hints in the order of their relevance. */
    public List<String> hints() {
        return hints;
    }
}
