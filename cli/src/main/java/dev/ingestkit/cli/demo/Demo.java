package dev.ingestkit.cli.demo;

import static java.util.Objects.requireNonNull;

import dev.ingestkit.cli.aws.AwsClients;
import dev.ingestkit.cli.aws.Credentials;
import dev.ingestkit.cli.aws.StackResources;
import dev.ingestkit.cli.event.PayloadEdit;
import dev.ingestkit.cli.fixture.FixtureSource;
import dev.ingestkit.cli.fixture.Fixtures;
import dev.ingestkit.cli.output.CliException;
import dev.ingestkit.cli.output.ExitCode;
import dev.ingestkit.cli.send.Chance;
import dev.ingestkit.cli.send.EventNaming;
import dev.ingestkit.cli.send.OutgoingEvent;
import dev.ingestkit.cli.send.PayloadSource;
import dev.ingestkit.cli.send.SendOutcome;
import dev.ingestkit.cli.send.SendRun;
import dev.ingestkit.cli.send.SubmitClient;
import dev.ingestkit.core.deadletter.DeadLetter;
import dev.ingestkit.local.LocalRuntime;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import software.amazon.awssdk.core.SdkBytes;

/**
 * Sends sample events through a pipeline and accounts for each: every event in the stream must end up in the table or
 * in the dead letter queue, and both are read to verify it. Runs once.
 */
public final class Demo {

    /** The fixtures sent in turn; the report shows the first event as the table stores it. */
    private static final List<String> KINDS = List.of(
            "order-created",
            "payment-captured",
            "page-view",
            "sensor-reading",
            "webhook-push",
            "shipment-dispatched",
            "user-signed-up");

    private static final String LARGE_KIND = "document-archived";
    private static final String MAX_CONTENT = "content={letters:1040000}";
    private static final int EVENTS = 320;
    private static final int CLIENTS = 4;
    /** Events per second: a burst would only measure the queue that builds up before the code is compiled. */
    private static final double RATE = 50;

    private static final int RETRIES = 3;
    private static final long SEED = 20_260_105L;

    private static final String NOT_JSON = "temperature=21.5;sensor=hall-7";

    private final DemoPipeline pipeline;
    private final AwsClients clients;
    private final StackResources stack;
    private final Clock clock;
    private final Instant began;

    private Demo(DemoPipeline pipeline, AwsClients clients, StackResources stack, Clock clock, Instant began) {
        this.pipeline = requireNonNull(pipeline, "pipeline");
        this.clients = requireNonNull(clients, "clients");
        this.stack = requireNonNull(stack, "stack");
        this.clock = requireNonNull(clock, "clock");
        this.began = requireNonNull(began, "began");
    }

    /**
     * Creates a demonstration on a runtime that was started for it.
     *
     * @param began when the command started: the time to the first stored event counts from here
     */
    public static Demo on(LocalRuntime runtime, AwsClients clients, Clock clock, Instant began) {
        StackResources stack = StackResources.of(clients);
        OwnPipeline pipeline = new OwnPipeline(runtime.journal(), new DemoEvidence(clients, stack));
        return new Demo(pipeline, clients, stack, clock, began);
    }

    /**
     * Creates a demonstration on an existing stack, which stays.
     *
     * @param began when the command started
     */
    public static Demo on(AwsClients clients, Clock clock, Instant began) {
        StackResources stack = StackResources.of(clients);
        String mark = "-" + Long.toString(began.toEpochMilli(), Character.MAX_RADIX);
        SharedPipeline pipeline = new SharedPipeline(mark, new DemoEvidence(clients, stack), clock, began);
        return new Demo(pipeline, clients, stack, clock, began);
    }

    /** An event and the API's answer. */
    private record Sent(OutgoingEvent event, Instant postedAt, SendOutcome outcome) {}

    /** Sends the events, waits until all are finished, and counts. */
    public DemoReport run() {
        PayloadSource samples = samples(KINDS, List.of());
        PayloadSource large = samples(List.of(LARGE_KIND), List.of(MAX_CONTENT));
        try (Arrivals arrivals = pipeline.arrivals()) {
            SubmitClient client = client();
            List<Sent> sent = new ArrayList<>(send(client, samples, 1, 1, arrivals));
            OutgoingEvent first = sent.get(0).event();
            arrivals.await(now -> now.storedAt(first.id()).isPresent(), pipeline.timeout());
            sent.addAll(send(client, samples, EVENTS - 1, CLIENTS, arrivals));
            sent.addAll(send(client, large, 1, 1, arrivals));
            byte[] again = sent.get(1).event().payload();
            send(client, () -> Optional.of(again), 1, 1, arrivals);
            putMalformedRecord();
            long accepted = sent.size() + 1L;
            arrivals.await(now -> now.finished() >= accepted, pipeline.timeout());
            return report(sent, accepted, arrivals);
        }
    }

    private PayloadSource samples(List<String> kinds, List<String> set) {
        return new FixtureSource(
                Fixtures.builtIn().named(kinds), PayloadEdit.parse(set), new Chance(clock, pipeline.seed(SEED)));
    }

    private SubmitClient client() {
        String authorization = Credentials.read(clients, stack).basic();
        return SubmitClient.of(
                DemoEvidence.submitUrl(stack), stack.streamName(), authorization, RETRIES, new Random(SEED));
    }

    /** Sends a number of events, each of which must be accepted. */
    private List<Sent> send(SubmitClient client, PayloadSource source, int count, int concurrency, Arrivals arrivals) {
        List<Sent> sent = new ArrayList<>();
        EventNaming naming = new EventNaming(new Chance(clock, pipeline.seed(SEED)), null, false);
        SendRun.Plan plan = new SendRun.Plan(count, RATE, concurrency, new BitSet());
        new SendRun(source, naming, client, plan, (event, outcome, moment) -> {
                    requireAccepted(outcome);
                    arrivals.expect(event.id());
                    sent.add(new Sent(event, clock.instant().minusNanos((long) (outcome.millis() * 1e6)), outcome));
                })
                .run();
        return sent;
    }

    private static void requireAccepted(SendOutcome outcome) {
        if (!outcome.accepted()) {
            throw new CliException(
                            "NOT_ACCEPTED",
                            ExitCode.FAILED,
                            "the API did not accept event '%s': HTTP %d".formatted(outcome.id(), outcome.status()))
                    .because(String.valueOf(outcome.error()), null);
        }
    }

    /** Puts a record that is not JSON directly into the stream, as another producer might. */
    private void putMalformedRecord() {
        clients.kinesis()
                .putRecord(request -> request.streamName(stack.streamName())
                        .partitionKey("old-device" + pipeline.mark())
                        .data(SdkBytes.fromUtf8String(NOT_JSON)));
    }

    private DemoReport report(List<Sent> sent, long accepted, Arrivals arrivals) {
        Set<String> ids = sent.stream().map(one -> one.event().id()).collect(Collectors.toSet());
        Set<String> stored = pipeline.stored(ids);
        List<DeadLetter> deadLetters = pipeline.deadLetters();
        long dead = deadLetters.stream().mapToLong(DemoEvidence::events).sum();
        List<Duration> latencies = new ArrayList<>();
        for (Sent one : sent) {
            arrivals.storedAt(one.event().id()).ifPresent(at -> latencies.add(Duration.between(one.postedAt(), at)));
        }
        Sent first = sent.get(0);
        return new DemoReport(
                clients.target().endpoint().map(URI::toString).orElse(""),
                KINDS.size() + 1,
                new DemoReport.Counts(sent.size() + 2L, accepted, stored.size(), dead, accepted - stored.size() - dead),
                largest(sent),
                new DemoEvidence(clients, stack).item(first.event().id()).orElse(null),
                deadLetters.stream().findFirst().map(DemoEvidence::summary).orElse(null),
                arrivals.storedAt(first.event().id())
                        .map(at -> Duration.between(began, at).toMillis() / 1e3)
                        .orElse(0.0),
                Latencies.of(latencies));
    }

    private static int largest(List<Sent> sent) {
        return sent.stream().mapToInt(one -> one.event().payload().length).max().orElse(0);
    }
}
