package dev.ingestkit.cli.option;

import dev.ingestkit.cli.deadletter.Selection;
import dev.ingestkit.cli.output.CliException;
import dev.ingestkit.cli.output.ExitCode;
import dev.ingestkit.cli.output.JsonQuery;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that select dead letters, shared by the commands that scan them. All conditions must hold. */
public final class DeadLetterOptions {

    private static final Pattern SHORT_SHARD = Pattern.compile("(?:shard-)?(\\d{1,12})");

    @Option(names = "--id", paramLabel = "EVENT", description = "Selects parked events with this id; repeatable.")
    List<String> eventIds = new ArrayList<>();

    @Option(
            names = "--reason",
            paramLabel = "CODE",
            description = "Selects dead letters with this reason: NOT_JSON, RetryAttemptsExhausted ...")
    List<String> reasons = new ArrayList<>();

    @Option(
            names = "--shard",
            paramLabel = "SHARD",
            description = "Selects dead letters of this shard: 3, shard-3 or shardId-000000000003.")
    List<String> shards = new ArrayList<>();

    @Option(
            names = "--since",
            paramLabel = "TIME",
            converter = InstantConverter.class,
            description = "Selects dead letters sent since this time: 2h, today, 2026-01-31T12:00:00Z.")
    Instant since = Instant.MIN;

    @Option(
            names = "--until",
            paramLabel = "TIME",
            converter = InstantConverter.class,
            description = "Selects dead letters sent before this time.")
    Instant until = Instant.MAX;

    @Option(
            names = "--filter",
            paramLabel = "JMESPATH",
            description = {
                "Selects dead letters for which this is true. Sees the fields of 'dlq list -o json' and the events:"
                        + " payload (of a dead letter with one event), events[].payload, events[].partitionKey.",
                "Using the events reads records from the stream for dead letters that hold none."
            })
    @Nullable
    String filter;

    /**
     * Returns the selection.
     *
     * @param messages ids of messages, none for all
     */
    public Selection selection(Collection<String> messages) {
        if (!since.isBefore(until)) {
            throw new CliException("USAGE", ExitCode.USAGE, "--since must be before --until");
        }
        return new Selection(
                new HashSet<>(messages),
                new HashSet<>(eventIds),
                new HashSet<>(reasons),
                shardIds(),
                since,
                until,
                filter == null
                        ? null
                        : JsonQuery.parse("--filter", filter, "payload.total > `100` || kind=='on-failure'"));
    }

    private Set<String> shardIds() {
        return shards.stream().map(DeadLetterOptions::shardId).collect(Collectors.toSet());
    }

    private static String shardId(String shard) {
        Matcher number = SHORT_SHARD.matcher(shard);
        return number.matches() ? "shardId-%012d".formatted(Long.parseLong(number.group(1))) : shard;
    }
}
