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

/** Which dead letters are meant: the options of the commands that go through them. All conditions hold together. */
public final class LetterOptions {

    private static final Pattern SHORT_SHARD = Pattern.compile("(?:shard-)?(\\d{1,12})");

    @Option(
            names = "--id",
            paramLabel = "EVENT",
            description = "Only parked events of this id; may be given several times.")
    List<String> eventIds = new ArrayList<>();

    @Option(
            names = "--reason",
            paramLabel = "CODE",
            description = "Only letters of this reason: NOT_JSON, RetryAttemptsExhausted ...")
    List<String> reasons = new ArrayList<>();

    @Option(
            names = "--shard",
            paramLabel = "SHARD",
            description = "Only letters of this shard: 3, shard-3 or shardId-000000000003.")
    List<String> shards = new ArrayList<>();

    @Option(
            names = "--since",
            paramLabel = "TIME",
            converter = InstantConverter.class,
            description = "Only letters sent since: 2h, today, 2026-01-31T12:00:00Z.")
    Instant since = Instant.MIN;

    @Option(
            names = "--until",
            paramLabel = "TIME",
            converter = InstantConverter.class,
            description = "Only letters sent before.")
    Instant until = Instant.MAX;

    @Option(
            names = "--filter",
            paramLabel = "JMESPATH",
            description = {
                "Only letters for which this is true. It sees the fields of 'dlq list -o json', and of the events:"
                        + " payload (where the letter has one event), events[].payload, events[].partitionKey.",
                "Naming these reads records back from the stream for letters that hold none."
            })
    @Nullable
    String filter;

    /**
     * The selection.
     *
     * @param messages ids of messages, none for all
     */
    public Selection selection(Collection<String> messages) {
        if (!since.isBefore(until)) {
            throw new CliException("USAGE", ExitCode.USAGE, "--since must be before --until: no letter is in between");
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
        return shards.stream().map(LetterOptions::shardId).collect(Collectors.toSet());
    }

    private static String shardId(String shard) {
        Matcher number = SHORT_SHARD.matcher(shard);
        return number.matches() ? "shardId-%012d".formatted(Long.parseLong(number.group(1))) : shard;
    }
}
