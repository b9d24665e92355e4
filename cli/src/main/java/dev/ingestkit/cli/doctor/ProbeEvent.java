package dev.ingestkit.cli.doctor;

import static java.util.Objects.requireNonNull;

import dev.ingestkit.cli.aws.AwsClients;
import dev.ingestkit.cli.aws.Credentials;
import dev.ingestkit.cli.aws.StackResources;
import dev.ingestkit.cli.event.EventTable;
import dev.ingestkit.cli.send.OutgoingEvent;
import dev.ingestkit.cli.send.SendOutcome;
import dev.ingestkit.cli.send.SubmitClient;
import dev.ingestkit.core.item.ItemLayout;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Sends one event through the whole pipeline, and deletes it from the table. */
final class ProbeEvent {

    private static final Duration STORE_TIMEOUT = Duration.ofSeconds(60);
    private static final int PAUSE_MILLIS = 20;
    private static final int RETRIES = 2;

    private final AwsClients clients;
    private final StackResources stack;
    private final URI submitUrl;
    private final String id = "doctor-" + UUID.randomUUID();

    ProbeEvent(AwsClients clients, StackResources stack, URI submitUrl) {
        this.clients = requireNonNull(clients, "clients");
        this.stack = requireNonNull(stack, "stack");
        this.submitUrl = requireNonNull(submitUrl, "submitUrl");
    }

    /** Sends the event, waits until it is stored, and deletes it. */
    Check check() {
        try {
            long began = System.nanoTime();
            SendOutcome outcome = submit();
            if (!outcome.accepted()) {
                return Check.fail(
                        "probe",
                        "the API did not accept an event: HTTP %d %s".formatted(outcome.status(), outcome.error()),
                        "see the whole answer: ingest-cli send --data '{}' -vv");
            }
            if (!stored()) {
                return Check.fail(
                        "probe",
                        "event '%s' was accepted, but is not in the table after %d s"
                                .formatted(id, STORE_TIMEOUT.toSeconds()),
                        "look for a dead letter: ingest-cli dlq list; then check the function's log");
            }
            long millis = (System.nanoTime() - began) / 1_000_000;
            delete();
            return Check.ok("probe", "an event was stored after %d ms, and then deleted".formatted(millis));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return Check.skip("probe", "interrupted");
        }
    }

    private SendOutcome submit() throws InterruptedException {
        String authorization = Credentials.read(clients, stack).basic();
        SubmitClient client = SubmitClient.of(submitUrl, stack.streamName(), authorization, RETRIES, new Random());
        byte[] payload = "{\"probe\":\"ingest-cli doctor\"}".getBytes(StandardCharsets.UTF_8);
        return client.submit(new OutgoingEvent(1, id, payload));
    }

    private boolean stored() throws InterruptedException {
        EventTable table = new EventTable(clients, stack.tableName());
        long end = System.nanoTime() + STORE_TIMEOUT.toNanos();
        while (table.find(id).isEmpty()) {
            if (System.nanoTime() > end) {
                return false;
            }
            TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
        }
        return true;
    }

    private void delete() {
        clients.dynamoDb()
                .deleteItem(request -> request.tableName(stack.tableName())
                        .key(Map.of(
                                ItemLayout.EVENT_ID, AttributeValue.fromS(id),
                                ItemLayout.PART, AttributeValue.fromN("0"))));
    }
}
