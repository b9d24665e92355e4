package dev.ingestkit.cli.output;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A failure that a user can do something about: what happened, why, and what to try. Everything else that is thrown is
 * a fault of the tool.
 */
public final class CliException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String code;
    private final ExitCode exit;
    private final @Nullable String reason;
    private final List<String> hints;

    /**
     * @param code stable, upper case with underscores: {@code QUEUE_NOT_FOUND}; scripts may test it
     * @param message what went wrong, with the value, in one line
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

    /** The same with the cause behind it, and the cause's text for the second line. */
    public CliException because(String text, @Nullable Throwable cause) {
        return new CliException(code, exit, text(), text, hints, cause);
    }

    /** The same with something to try. */
    public CliException hint(String hint) {
        List<String> more = new java.util.ArrayList<>(hints);
        more.add(hint);
        return new CliException(code, exit, text(), reason, more, getCause());
    }

    public String code() {
        return code;
    }

    public ExitCode exit() {
        return exit;
    }

    /** The message; never null here. */
    public String text() {
        return requireNonNull(getMessage());
    }

    public Optional<String> reason() {
        return Optional.ofNullable(reason);
    }

    public List<String> hints() {
        return hints;
    }
}
