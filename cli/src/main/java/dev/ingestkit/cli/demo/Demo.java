package dev.ingestkit.cli.demo;

import static java.util.Objects.requireNonNull;

import dev.ingestkit.cli.output.CliException;
import dev.ingestkit.cli.output.ExitCode;
import dev.ingestkit.cli.target.AwsClients;
import dev.ingestkit.cli.target.Credentials;
import dev.ingestkit.cli.target.StackOutputs;
import dev.ingestkit.local.LocalRuntime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import software.amazon.awssdk.core.SdkBytes;

/**
 * Sends sample events through a runtime and accounts for each: what the stream took must be in the table or in the dead
 * letter queue, and both are read to see it. Used once.
 */
public final class Demo {

    private static final int EVENTS = 320;
    private static final int LARGE_BYTES = 1_040_000;
    private static final int CLIENTS = 4;
    private static final long SEED = 20_260_105L;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final String NOT_JSON = "temperature=21.5;sensor=hall-7";

    private final LocalRuntime runtime;
    private final AwsClients clients;
    private final StackOutputs outputs;
    private final Clock clock;
    private final Instant began;

    /**
     * @param began when the command started: the time to the first stored event counts from here
     */
    public Demo(LocalRuntime runtime, AwsClients clients, Clock clock, Instant began) {
        this.runtime = requireNonNull(runtime, "runtime");
        this.clients = requireNonNull(clients, "clients");
        this.outputs = StackOutputs.of(clients);
        this.clock = requireNonNull(clock, "clock");
        this.began = requireNonNull(began, "began");
    }

    /** Sends, waits until everything has settled, counts. */
    public DemoReport run() {
        SampleEvents samples = new SampleEvents(new Random(SEED));
        SampleEvent first = samples.many(1).get(0);
        List<SampleEvent> others = new ArrayList<>(samples.many(EVENTS - 1));
        others.add(samples.large(LARGE_BYTES));
        try (Arrivals arrivals = new Arrivals(runtime.journal())) {
            Sender sender = sender();
            List<Sender.Sent> sent = new ArrayList<>(sender.send(List.of(first), 1));
            arrivals.await(now -> now.storedAt(first.id()).isPresent(), PATIENCE);
            sent.addAll(sender.send(others, CLIENTS));
            sender.send(List.of(others.get(0)), 1).forEach(again -> requireAccepted(List.of(again)));
            requireAccepted(sent);
            putWhatIsNoJson();
            long accepted = sent.size() + 1L;
            arrivals.await(now -> now.settled() >= accepted, PATIENCE);
            return report(sent, accepted, arrivals);
        }
    }

    private Sender sender() {
        String place = outputs.submitUrl() + "/" + outputs.streamName();
        return new Sender(place, Credentials.read(clients, outputs).basic(), clock);
    }

    private static void requireAccepted(List<Sender.Sent> sent) {
        for (Sender.Sent one : sent) {
            if (!one.accepted()) {
                throw new CliException(
                                "NOT_ACCEPTED",
                                ExitCode.FAILED,
                                "the API did not accept event %s: HTTP %d"
                                        .formatted(one.event().id(), one.status()))
                        .because(one.answer(), null);
            }
        }
    }

    /** As another producer would: past the API, straight into the stream. */
    private void putWhatIsNoJson() {
        clients.kinesis()
                .putRecord(request -> request.streamName(outputs.streamName())
                        .partitionKey("old-device")
                        .data(SdkBytes.fromUtf8String(NOT_JSON)));
    }

    private DemoReport report(List<Sender.Sent> sent, long accepted, Arrivals arrivals) {
        DemoEvidence evidence = new DemoEvidence(clients, outputs);
        Set<String> stored = evidence.storedIds();
        List<dev.ingestkit.core.deadletter.DeadLetter> letters = evidence.deadLetters();
        long dead = letters.stream().mapToLong(DemoEvidence::events).sum();
        List<Duration> ways = new ArrayList<>();
        for (Sender.Sent one : sent) {
            arrivals.storedAt(one.event().id()).ifPresent(at -> ways.add(Duration.between(one.postedAt(), at)));
        }
        Sender.Sent first = sent.get(0);
        return new DemoReport(
                runtime.endpoint().toString(),
                SampleEvents.KINDS.size() + 1,
                sent.size() + 2L,
                accepted,
                stored.size(),
                dead,
                accepted - stored.size() - dead,
                largest(sent),
                evidence.item(first.event().id()).orElse(null),
                letters.stream().findFirst().map(DemoEvidence::shown).orElse(null),
                arrivals.storedAt(first.event().id())
                        .map(at -> Duration.between(began, at).toMillis() / 1e3)
                        .orElse(0.0),
                Latencies.of(ways));
    }

    private static int largest(List<Sender.Sent> sent) {
        return sent.stream().mapToInt(one -> one.event().payload().length).max().orElse(0);
    }
}
