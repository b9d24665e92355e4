package dev.ingestkit.contract;

import static java.util.Objects.requireNonNull;

import dev.ingestkit.cli.aws.AwsClients;
import dev.ingestkit.cli.aws.Credentials;
import dev.ingestkit.cli.aws.StackResources;
import dev.ingestkit.cli.aws.Target;
import dev.ingestkit.cli.deadletter.DeadLetterQueue;
import dev.ingestkit.cli.event.EventTable;
import dev.ingestkit.core.deadletter.DeadLetter;
import dev.ingestkit.core.item.StoredEvent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.kinesis.model.PutRecordResponse;
import software.amazon.awssdk.services.kinesis.model.Shard;

/**
 * A running pipeline as its users see it: the API by HTTP; table, queue and stream by the SDK's clients. It knows only
 * the target's address. For one thread.
 */
final class Pipeline implements AutoCloseable {

    private static final Duration ANSWER = Duration.ofSeconds(60);
    private static final Duration HIDDEN = Duration.ofSeconds(30);
    private static final int LETTERS = 200;
    /** Markers reach shards at random; each shard has one long before this many. */
    private static final int MAX_MARKERS = 1_000;

    private final AwsClients clients;
    private final StackResources outputs;
    private final Credentials credentials;
    private final Set<Difference> differences;
    private final Duration timeout;
    private final EventTable table;
    private final DeadLetterQueue queue;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(10))
            .build();
    private final Set<String> stored = new HashSet<>();
    private final String run = UUID.randomUUID().toString().substring(0, 8);

    private Pipeline(Target target, Set<Difference> differences, Duration timeout) {
        this.clients = new AwsClients(requireNonNull(target, "target"));
        this.outputs = StackResources.of(clients);
        this.credentials = Credentials.read(clients, outputs);
        this.differences = differences.isEmpty() ? Set.of() : EnumSet.copyOf(differences);
        this.timeout = requireNonNull(timeout, "timeout");
        this.table = new EventTable(clients, outputs.tableName());
        this.queue = new DeadLetterQueue(clients, outputs.queueUrl());
    }

    /**
     * Returns the stack at the target.
     *
     * @param timeout maximum time until a sent event arrives; only a failing contract waits that long
     */
    static Pipeline at(Target target, Set<Difference> differences, Duration timeout) {
        return new Pipeline(target, differences, timeout);
    }

    boolean has(Difference difference) {
        return differences.contains(difference);
    }

    AwsClients clients() {
        return clients;
    }

    StackResources outputs() {
        return outputs;
    }

    Credentials credentials() {
        return credentials;
    }

    /** Returns an event id that no other test and no other run uses. */
    String id(String name) {
        String id = name + "-" + run + "-" + UUID.randomUUID().toString().substring(0, 8);
        stored.add(id);
        return id;
    }

    /** Posts JSON with the stack's credentials to the stack's stream. */
    HttpResponse<String> post(String id, String json) {
        return post(id, json.getBytes(StandardCharsets.UTF_8));
    }

    HttpResponse<String> post(String id, byte[] body) {
        return send(request(id)
                .header("Authorization", credentials.basic())
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                .build());
    }

    /** Posts until the API accepts: a shard takes 1 MiB per second, and a throttled client has to retry. */
    void accept(String id, byte[] body) {
        HttpResponse<String> response = waiting("event " + id + " is no longer throttled")
                .until(() -> post(id, body), answer -> answer.statusCode() != 429);
        if (response.statusCode() != 200) {
            throw new AssertionError(
                    "event %s was answered with %d: %s".formatted(id, response.statusCode(), response.body()));
        }
    }

    void accept(String id, String json) {
        accept(id, json.getBytes(StandardCharsets.UTF_8));
    }

    /** Returns a request to the stack's stream for that id, without header and method. */
    HttpRequest.Builder request(String id) {
        return request(outputs.streamName(), id);
    }

    HttpRequest.Builder request(String stream, String id) {
        return HttpRequest.newBuilder(URI.create(outputs.submitUrl().orElseThrow() + "/" + PathSegment.encode(stream)
                        + "/" + PathSegment.encode(id)))
                .timeout(ANSWER);
    }

    HttpResponse<String> send(HttpRequest request) {
        try {
            return http.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException failed) {
            throw new UncheckedIOException("no answer from " + request.uri(), failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", interrupted);
        }
    }

    /** Puts a record into the stream directly as another producer would, without the API's checks. */
    PutRecordResponse putStraight(String partitionKey, byte[] data) {
        return clients.kinesis()
                .putRecord(request -> request.streamName(outputs.streamName())
                        .partitionKey(partitionKey)
                        .data(SdkBytes.fromByteArray(data)));
    }

    Optional<StoredEvent> event(String id) {
        return table.find(id);
    }

    /** Waits until the event is in the table. */
    StoredEvent awaitStored(String id) {
        return awaitStored(id, event -> true);
    }

    StoredEvent awaitStored(String id, Predicate<StoredEvent> wanted) {
        stored.add(id);
        return waiting("event " + id + " is stored")
                .until(() -> table.find(id).filter(wanted), Optional::isPresent)
                .orElseThrow();
    }

    /** Waits for the matching dead letter and deletes it from the queue; other messages become visible again. */
    DeadLetterQueue.ReceivedMessage awaitDeadLetter(Predicate<DeadLetter> wanted) {
        return waiting("the dead letter is in the queue")
                .until(() -> takeDeadLetter(wanted), Optional::isPresent)
                .orElseThrow();
    }

    private Optional<DeadLetterQueue.ReceivedMessage> takeDeadLetter(Predicate<DeadLetter> wanted) {
        Optional<DeadLetterQueue.ReceivedMessage> found = Optional.empty();
        for (DeadLetterQueue.ReceivedMessage deadLetter : queue.receive(LETTERS, HIDDEN)) {
            if (found.isEmpty() && deadLetter.content().filter(wanted).isPresent()) {
                queue.delete(deadLetter);
                found = Optional.of(deadLetter);
            } else {
                queue.release(deadLetter);
            }
        }
        return found;
    }

    /** Searches the queue and makes every message visible again. */
    List<DeadLetterQueue.ReceivedMessage> deadLetters() {
        return queue.peek(LETTERS);
    }

    /**
     * Deletes the items of all ids generated here, for targets that outlive the tests. No test waited for some of the
     * accepted events: a shard's records are stored in order, so none is stored after a marker that was put last.
     */
    void deleteWhatWasStored() {
        awaitMarkers();
        for (String id : stored) {
            clients.dynamoDb()
                    .queryPaginator(request -> request.tableName(outputs.tableName())
                            .keyConditionExpression("eventId = :id")
                            .projectionExpression("eventId, part")
                            .expressionAttributeValues(Map.of(":id", AttributeValue.fromS(id))))
                    .items()
                    .forEach(key -> clients.dynamoDb()
                            .deleteItem(request ->
                                    request.tableName(outputs.tableName()).key(key)));
        }
    }

    /** Sends events until each open shard has received one, and waits for these. */
    private void awaitMarkers() {
        Set<String> shards =
                clients.kinesis().listShards(request -> request.streamName(outputs.streamName())).shards().stream()
                        .filter(shard -> shard.sequenceNumberRange().endingSequenceNumber() == null)
                        .map(Shard::shardId)
                        .collect(Collectors.toCollection(HashSet::new));
        Set<String> markers = new HashSet<>();
        for (int sent = 0; sent < MAX_MARKERS && !shards.isEmpty(); sent++) {
            String id = id("marker");
            byte[] marker = "{\"eventId\":\"%s\"}".formatted(id).getBytes(StandardCharsets.UTF_8);
            if (shards.remove(putStraight(id, marker).shardId())) {
                markers.add(id);
            }
        }
        markers.forEach(this::awaitStored);
    }

    ConditionFactory waiting(String what) {
        return Awaitility.await(what)
                .atMost(timeout)
                .pollInterval(Duration.ofMillis(50))
                .pollDelay(Duration.ZERO);
    }

    @Override
    public void close() {
        clients.close();
    }
}
