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

/** Keeps events that were not accepted, in a form that can be sent again. The file is made with its first event. */
public final class RejectedFile implements AutoCloseable {

    private final Path file;
    private @Nullable Writer writer;

    private RejectedFile(Path file) {
        this.file = requireNonNull(file, "file");
    }

    /**
     * Prepares a file.
     *
     * @param again true begins it anew: what was rejected before is sent again now; false refuses to overwrite one
     * @throws CliException with USAGE for a file that is there and holds something: it may be the input itself
     */
    public static RejectedFile open(Path file, boolean again) {
        RejectedFile rejected = new RejectedFile(file);
        try {
            if (!again && Files.exists(file) && Files.size(file) > 0) {
                throw new CliException(
                                "REJECTED_EXISTS", ExitCode.USAGE, "the file %s is there already".formatted(file))
                        .hint("send what it holds: ingest-cli send %s --rejected ANOTHER".formatted(file))
                        .hint("or name another file");
            }
            Files.deleteIfExists(file);
            return rejected;
        } catch (IOException failed) {
            throw rejected.unwritable(failed);
        }
    }

    /** Writes one event, through to the operating system. */
    public void add(OutgoingEvent event, Outcome outcome) {
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
        return new CliException("FILE_UNWRITABLE", ExitCode.ENVIRONMENT, "cannot write " + file)
                .because(failed.getClass().getSimpleName() + ": " + failed.getMessage(), failed);
    }
}
