package example;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Future;
import software.amazon.kinesis.producer.KinesisProducer;
import software.amazon.kinesis.producer.UserRecordResult;

/**
 * Produces with the Kinesis Producer Library and consumes with the Kinesis Client Library: two workers, a split while
 * they run, a restart, and a checkpoint inside an aggregated record. Once with enhanced fan-out, once with polling; the
 * argument {@code fan-out} or {@code polling} runs one of them. Exits with 1 when a record is missing.
 */
public final class ClientsCheck {

    static final String WARM_UP_TEXT = "warm-up";

    private static final byte[] WARM_UP = WARM_UP_TEXT.getBytes(StandardCharsets.UTF_8);
    private static final Duration MAX_WAIT = Duration.ofMinutes(5);

    private final Endpoint endpoint;
    private final boolean polling;
    private final String stream;

    private ClientsCheck(Endpoint endpoint, boolean polling) {
        this.endpoint = endpoint;
        this.polling = polling;
        this.stream = (polling ? "polling-" : "fan-out-") + Long.toString(System.currentTimeMillis(), 36);
    }

    public static void main(String[] arguments) throws Exception {
        List<String> modes = arguments.length == 0 ? List.of("fan-out", "polling") : List.of(arguments);
        boolean complete = true;
        try (Endpoint endpoint = new Endpoint()) {
            for (String mode : modes) {
                ClientsCheck check = new ClientsCheck(endpoint, mode.equals("polling"));
                System.out.println("== " + mode);
                complete &= check.twoWorkersAndASplit();
                complete &= check.checkpointInsideAnAggregate();
            }
        }
        System.exit(complete ? 0 : 1);
    }

    private boolean twoWorkersAndASplit() throws Exception {
        endpoint.createStream(stream, 2);
        List<String> received = Worker.records();
        Set<String> sent = new HashSet<>(produce("before", 100, stream));
        Worker first = worker("first", stream, received);
        await(received, sent);
        Worker second = worker("second", stream, received);
        endpoint.kinesis
                .splitShard(request -> request.streamName(stream)
                        .shardToSplit("shardId-000000000000")
                        .newStartingHashKey(
                                java.math.BigInteger.ONE.shiftLeft(126).toString()))
                .get();
        sent.addAll(produce("split", 100, stream));
        await(received, sent);
        first.close();
        sent.addAll(produce("alone", 100, stream));
        await(received, sent);
        Worker again = worker("again", stream, received);
        sent.addAll(produce("again", 100, stream));
        boolean complete = await(received, sent);
        second.close();
        again.close();
        System.out.printf(
                "two workers, split, restart: %d sent, %d received, %d twice%n",
                sent.size(), new HashSet<>(received).size(), received.size() - new HashSet<>(received).size());
        return complete;
    }

    private boolean checkpointInsideAnAggregate() throws Exception {
        String one = stream + "-one";
        endpoint.createStream(one, 1);
        List<String> sent = produce("user", 3, one);
        List<String> received = Worker.records();
        Worker first = new Worker(endpoint, one, one, "first", polling, received, text -> text.equals(sent.get(1)));
        await(received, new HashSet<>(sent.subList(0, 2)));
        first.close();
        List<String> afterwards = Worker.records();
        Worker second = worker("second", one, afterwards);
        await(afterwards, Set.of(sent.get(2)));
        second.close();
        System.out.printf(
                "checkpoint after record 2 of an aggregate of 3: received %s, then %s%n", received, afterwards);
        return afterwards.equals(List.of(sent.get(2)));
    }

    private Worker worker(String id, String name, List<String> received) {
        return new Worker(endpoint, name, name, id, polling, received, text -> false);
    }

    /** Sends records, which the producer aggregates, and returns their texts. */
    private List<String> produce(String label, int count, String name) throws Exception {
        KinesisProducer producer = endpoint.producer();
        awaitAggregation(producer, name);
        List<String> texts = new ArrayList<>();
        List<Future<UserRecordResult>> results = new ArrayList<>();
        for (int index = 0; index < count; index++) {
            String text = label + "-" + index;
            texts.add(text);
            results.add(producer.addUserRecord(
                    name,
                    count < 10 ? "one key" : "key-" + index,
                    ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8))));
        }
        producer.flushSync();
        Set<String> numbers = new HashSet<>();
        for (Future<UserRecordResult> result : results) {
            numbers.add(result.get().getSequenceNumber());
        }
        producer.destroy();
        System.out.printf("produced %d records '%s' as %d records of the stream%n", count, label, numbers.size());
        return texts;
    }

    /** Sends pairs until one is aggregated: a producer sends each record alone until it has read the stream's shards. */
    private static void awaitAggregation(KinesisProducer producer, String name) throws Exception {
        Set<String> numbers = Set.of();
        while (numbers.size() != 1) {
            List<Future<UserRecordResult>> pair = new ArrayList<>();
            for (int index = 0; index < 2; index++) {
                pair.add(producer.addUserRecord(name, "warm-up", ByteBuffer.wrap(WARM_UP)));
            }
            producer.flushSync();
            numbers = new HashSet<>();
            for (Future<UserRecordResult> result : pair) {
                numbers.add(result.get().getSequenceNumber());
            }
        }
    }

    private static boolean await(List<String> received, Set<String> sent) throws InterruptedException {
        Instant start = Instant.now();
        while (!received.containsAll(sent)) {
            if (Duration.between(start, Instant.now()).compareTo(MAX_WAIT) > 0) {
                Set<String> missing = new HashSet<>(sent);
                missing.removeAll(received);
                System.out.printf("%d records are missing after %s: %s%n", missing.size(), MAX_WAIT, missing);
                return false;
            }
            Thread.sleep(100);
        }
        System.out.printf(
                "all %d records after %.1f s%n",
                sent.size(), Duration.between(start, Instant.now()).toMillis() / 1e3);
        return true;
    }
}
