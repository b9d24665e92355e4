package dev.ingestkit.cli.send;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ingestkit.cli.output.CliException;
import dev.ingestkit.cli.output.ExitCode;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** A file of rejected events, in a form that can be sent again. It is created with its first event. */
public final class RejectedFile implements AutoCloseable {

    private final Path file;
    private @Nullable Writer writer;

    private RejectedFile(Path file) {
        this.file = requireNonNull(file, "file");
    }

    /**
     * Prepares the file.
     *
     * @param again whether to overwrite the file, whose events are sent again now; an existing file is an error
     * otherwise
     * @throws CliException with USAGE for an existing file that is not empty, since it may be the input
     */
    public static RejectedFile open(Path file, boolean again) {
        RejectedFile rejected = new RejectedFile(file);
        try {
            if (!again && Files.exists(file) && Files.size(file) > 0) {
                throw new CliException(
                                "REJECTED_EXISTS", ExitCode.USAGE, "the file '%s' already exists".formatted(file))
                        .hint("send its events: ingest-cli send %s --rejected ANOTHER".formatted(file))
                        .hint("or choose another file");
            }
            Files.deleteIfExists(file);
            return rejected;
        } catch (IOException failed) {
            throw rejected.unwritable(failed);
        }
    }

    /** Writes one event to the operating system. */
    public void add(OutgoingEvent event, SendOutcome outcome) {
        ObjectNode line = EventEnvelope.of(event.id(), event.payload())
                .put("status", outcome.status())
                .put("error", outcome.error());
        try {
            Writer target = writer;
            if (target == null) {
                target = Files.newBufferedWriter(file, StandardCharsets.UTF_8);
                writer = target;
            }
            target.write(line + "\n");
            target.flush();
        } catch (IOException failed) {
            throw unwritable(failed);
        }
    }

    @Override
    public void close() {
        if (writer != null) {
            try {
                writer.close();
            } catch (IOException failed) {
                throw unwritable(failed);
            }
        }
    }

    private CliException unwritable(IOException failed) {
        return new CliException("FILE_UNWRITABLE", ExitCode.ENVIRONMENT, "cannot write '%s'".formatted(file))
                .because(failed.getClass().getSimpleName() + ": " + failed.getMessage(), failed);
    }
}
