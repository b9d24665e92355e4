package dev.ingestkit.cli.deadletter;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ingestkit.cli.deadletter.RedriveRoute.Range;
import dev.ingestkit.core.deadletter.DeadLetter;
import dev.ingestkit.local.events.Json;
import dev.ingestkit.local.events.SequenceNumber;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The log of redrives from this machine and the ranges that they wrote, by which a second failure of the same records
 * is recognized. The dead letter itself cannot hold this: a message cannot be changed, and a record's bytes belong to
 * the client. One line of JSON per range; lines older than the queue's retention are ignored. Not thread-safe; several
 * processes may append.
 */
public final class RedriveLog {

    private static final ObjectMapper MAPPER = Json.mapper();
    /** The longest retention of SQS. */
    private static final Duration KEPT = Duration.ofDays(14);

    private final Path file;
    private final Clock clock;
    /** The entries by stream and shard, then by the first sequence number. */
    private final Map<String, TreeMap<SequenceNumber, Entry>> entries = new HashMap<>();

    private @Nullable String problem;

    private RedriveLog(Path file, Clock clock) {
        this.file = file;
        this.clock = clock;
    }

    /**
     * The mark of a redrive.
     *
     * @param redriveOf the message that held the records
     * @param redrives the number of redrives, this one included
     */
    public record Mark(String redriveOf, int redrives) {}

    private record Entry(SequenceNumber to, Mark mark) {}

    /** Reads the log in a directory; it need not exist yet. */
    public static RedriveLog in(Path folder, Clock clock) {
        RedriveLog log = new RedriveLog(requireNonNull(folder, "folder").resolve("redrives.ndjson"), clock);
        log.read();
        return log;
    }

    private void read() {
        if (!Files.exists(file)) {
            return;
        }
        Instant oldest = clock.instant().minus(KEPT);
        try (BufferedReader lines = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                JsonNode entry = parsed(line);
                if (entry.hasNonNull("redrives")
                        && Instant.parse(entry.path("at").asText()).isAfter(oldest)) {
                    Range range = new Range(
                            entry.path("stream").asText(),
                            entry.path("shard").asText(),
                            entry.path("from").asText(),
                            entry.path("to").asText());
                    keep(
                            range,
                            new Mark(
                                    entry.path("redriveOf").asText(),
                                    entry.path("redrives").asInt()));
                }
            }
        } catch (IOException | DateTimeException | IllegalArgumentException unreadable) {
            problem = "earlier redrives are unknown: cannot read '%s': %s".formatted(file, unreadable);
        }
    }

    /** Reads a line; an incomplete line of a killed process is skipped. */
    private static JsonNode parsed(String line) {
        try {
            return MAPPER.readTree(line);
        } catch (IOException torn) {
            return MAPPER.missingNode();
        }
    }

    /** Records the ranges to which a dead letter's records were sent, whether or not they were accepted. */
    void add(DeadLetterSummary deadLetter, Iterable<Range> ranges) {
        Mark mark = new Mark(deadLetter.id(), (deadLetter.redrives() == null ? 0 : deadLetter.redrives()) + 1);
        StringBuilder lines = new StringBuilder();
        for (Range range : ranges) {
            keep(range, mark);
            lines.append(MAPPER.createObjectNode()
                            .put("at", clock.instant().toString())
                            .put("redriveOf", mark.redriveOf())
                            .put("redrives", mark.redrives())
                            .put("stream", range.stream())
                            .put("shard", range.shard())
                            .put("from", range.from())
                            .put("to", range.to()))
                    .append('\n');
        }
        try {
            Files.createDirectories(requireNonNull(file.getParent()));
            Files.writeString(file, lines, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException unwritable) {
            problem = "a second failure will not be recognized: cannot write '%s': %s".formatted(file, unwritable);
        }
    }

    /** Returns the problem with the log's file, if any; a redrive continues despite it. */
    public Optional<String> problem() {
        return Optional.ofNullable(problem);
    }

    private void keep(Range range, Mark mark) {
        entries.computeIfAbsent(key(range.stream(), range.shard()), unused -> new TreeMap<>())
                .put(SequenceNumber.parse(range.from()), new Entry(SequenceNumber.parse(range.to()), mark));
    }

    /** Returns the mark of the latest redrive of one of the dead letter's records. */
    Optional<Mark> of(DeadLetter deadLetter) {
        DeadLetter.RecordRange range = deadLetter.range();
        return within(range.stream(), range.shard(), range.firstSequenceNumber(), range.lastSequenceNumber());
    }

    private Optional<Mark> within(String stream, String shard, String from, String to) {
        TreeMap<SequenceNumber, Entry> ranges = entries.get(key(stream, shard));
        if (ranges == null) {
            return Optional.empty();
        }
        SequenceNumber first = SequenceNumber.parse(from);
        Map.Entry<SequenceNumber, Entry> last = ranges.floorEntry(SequenceNumber.parse(to));
        return Optional.ofNullable(last)
                .filter(found -> found.getValue().to().compareTo(first) >= 0)
                .map(found -> found.getValue().mark());
    }

    /** Returns the key of a shard; dead letters name the stream by ARN, puts by name. */
    private static String key(String stream, String shard) {
        return stream.substring(stream.lastIndexOf('/') + 1) + " " + shard;
    }
}
