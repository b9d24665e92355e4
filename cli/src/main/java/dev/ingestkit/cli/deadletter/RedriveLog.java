package dev.ingestkit.cli.deadletter;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ingestkit.cli.deadletter.RedriveRoute.Place;
import dev.ingestkit.core.deadletter.DeadLetter;
import java.io.BufferedReader;
import java.io.IOException;
import java.math.BigInteger;
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
 * What was redriven from this machine, and where to: so that a second failure of the same records is seen as one. A dead
 * letter has no room for it: a message cannot be changed, and a record's bytes are the client's. A line of JSON for each
 * place; lines older than a queue keeps messages are passed over. Used by one thread; processes may append side by side.
 */
public final class RedriveLog {

    private static final ObjectMapper MAPPER = new ObjectMapper();
    /** SQS keeps no message longer. */
    private static final Duration KEPT = Duration.ofDays(14);

    private final Path file;
    private final Clock clock;
    /** By stream and shard, then by the first sequence number. */
    private final Map<String, TreeMap<BigInteger, Entry>> entries = new HashMap<>();

    private @Nullable String problem;

    private RedriveLog(Path file, Clock clock) {
        this.file = file;
        this.clock = clock;
    }

    /**
     * That records were redriven.
     *
     * @param redriveOf the message they were brought back from
     * @param redrives how often, with that time
     */
    public record Mark(String redriveOf, int redrives) {}

    private record Entry(BigInteger to, Mark mark) {}

    /** Reads the log in that folder; there may be none yet. */
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
                    Place place = new Place(
                            entry.path("stream").asText(),
                            entry.path("shard").asText(),
                            entry.path("from").asText(),
                            entry.path("to").asText());
                    keep(
                            place,
                            new Mark(
                                    entry.path("redriveOf").asText(),
                                    entry.path("redrives").asInt()));
                }
            }
        } catch (IOException | DateTimeException | NumberFormatException unreadable) {
            problem = "which letters were redriven before is not known: cannot read %s: %s".formatted(file, unreadable);
        }
    }

    /** A line that a killed process left half is none. */
    private static JsonNode parsed(String line) {
        try {
            return MAPPER.readTree(line);
        } catch (IOException torn) {
            return MAPPER.missingNode();
        }
    }

    /** Notes that a letter's records went to these places, whether or not they were taken. */
    void add(LetterSummary letter, Iterable<Place> places) {
        Mark mark = new Mark(letter.id(), (letter.redrives() == null ? 0 : letter.redrives()) + 1);
        StringBuilder lines = new StringBuilder();
        for (Place place : places) {
            keep(place, mark);
            lines.append(MAPPER.createObjectNode()
                            .put("at", clock.instant().toString())
                            .put("redriveOf", mark.redriveOf())
                            .put("redrives", mark.redrives())
                            .put("stream", place.stream())
                            .put("shard", place.shard())
                            .put("from", place.from())
                            .put("to", place.to()))
                    .append('\n');
        }
        try {
            Files.createDirectories(requireNonNull(file.getParent()));
            Files.writeString(file, lines, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException unwritable) {
            problem = "a second failure will not be seen as one: cannot write %s: %s".formatted(file, unwritable);
        }
    }

    /** What keeps the log from its purpose, which is no reason to stop a redrive. */
    public Optional<String> problem() {
        return Optional.ofNullable(problem);
    }

    private void keep(Place place, Mark mark) {
        entries.computeIfAbsent(key(place.stream(), place.shard()), unused -> new TreeMap<>())
                .put(new BigInteger(place.from()), new Entry(new BigInteger(place.to()), mark));
    }

    /** The mark of the latest redrive that one of the letter's records went through. */
    Optional<Mark> of(DeadLetter letter) {
        if (letter instanceof DeadLetter.Parked parked) {
            String number = parked.origin().sequenceNumber();
            return within(parked.origin().stream(), parked.origin().shard(), number, number);
        }
        DeadLetter.RecordRange range = ((DeadLetter.OnFailure) letter).range();
        return within(range.stream(), range.shard(), range.firstSequenceNumber(), range.lastSequenceNumber());
    }

    private Optional<Mark> within(String stream, String shard, String from, String to) {
        TreeMap<BigInteger, Entry> places = entries.get(key(stream, shard));
        if (places == null) {
            return Optional.empty();
        }
        BigInteger first = new BigInteger(from);
        Map.Entry<BigInteger, Entry> last = places.floorEntry(new BigInteger(to));
        return Optional.ofNullable(last)
                .filter(found -> found.getValue().to().compareTo(first) >= 0)
                .map(found -> found.getValue().mark());
    }

    /** Letters name a stream by its ARN, puts by its name. */
    private static String key(String stream, String shard) {
        return stream.substring(stream.lastIndexOf('/') + 1) + " " + shard;
    }
}
