package dev.ingestkit.local.differential;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ingestkit.local.faults.Faults;
import dev.ingestkit.local.journal.Journal;
import dev.ingestkit.local.kinesis.KinesisService;
import dev.ingestkit.local.protocol.ServiceServer;
import dev.ingestkit.local.secrets.SecretsService;
import dev.ingestkit.local.sqs.SqsService;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.function.BiFunction;
import org.elasticmq.rest.sqs.SQSRestServer;
import org.elasticmq.rest.sqs.SQSRestServerBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.sqs.SqsClient;

/**
 * Compares the services with ElasticMQ, and with LocalStack 4.14.0 if {@code INGEST_ENDPOINT} names one. Where an
 * emulator is known to differ from AWS, the note's label is listed here and left out of the comparison.
 */
final class OtherEmulatorsTest {

    private static final String ENDPOINT = "INGEST_ENDPOINT";

    /**
     * ElasticMQ has no retention and no prefixes of attribute names. Both emulators deliver a message of a group while
     * another of its group is in flight; whether AWS does is unknown.
     */
    private static final List<String> QUEUES_IN_ELASTICMQ = List.of("retention", "by prefix", "group locked");

    private static final List<String> QUEUES_IN_LOCALSTACK = List.of("group locked");

    /** LocalStack's shards start one key early where the space does not divide evenly, and its error codes differ. */
    private static final List<String> STREAMS_IN_LOCALSTACK = List.of(
            "shards",
            "split:",
            "merged",
            "scaled",
            "scale beyond double",
            "a sequence number that is none",
            "an iterator that is none",
            "a key of 257 characters",
            "more than a mebibyte",
            "a name with a space",
            "no shards");

    /**
     * LocalStack rejects a CreateSecret repeated with its token, drops versions without a label at once, and fails
     * where no character is left.
     */
    private static final List<String> SECRETS_IN_LOCALSTACK =
            List.of("repeated", "version ids", "nothing to make a password of");

    private final Clock clock = Clock.systemUTC();
    private final Journal journal = new Journal(clock);
    private final SqsService sqs = new SqsService(
            new SqsService.Location("us-east-1", "000000000000", this::baseUrl),
            clock,
            journal,
            header -> Optional.empty(),
            Faults.NONE,
            new SplittableRandom(1));
    private final KinesisService kinesis = new KinesisService(
            KinesisService.Options.of("us-east-1", "000000000000", true),
            clock,
            journal,
            Faults.NONE,
            new SplittableRandom(1));
    private final SecretsService secrets = new SecretsService(
            clock,
            "us-east-1",
            "000000000000",
            Faults.NONE,
            () -> {
                throw new IllegalStateException("no rotation here");
            },
            new SplittableRandom(1));
    private final ServiceServer server = ServiceServer.start(sqs, kinesis, secrets);
    private final Endpoint mine = new Endpoint(server.endpoint());
    private final String prefix = "diff-" + UUID.randomUUID().toString().substring(0, 8) + "-";

    private String baseUrl() {
        return server.endpoint().toString();
    }

    @AfterEach
    void close() {
        server.close();
        sqs.close();
        kinesis.close();
        secrets.close();
    }

    @Test
    void queuesBehaveAsOnElasticMq() {
        SQSRestServer oracle =
                SQSRestServerBuilder.withPort(0).withInterface("localhost").start();
        int port = oracle.waitUntilStarted().localAddress().getPort();
        Endpoint theirs = new Endpoint(URI.create("http://localhost:" + port));
        try (SqsClient ours = mine.sqs();
                SqsClient other = theirs.sqs()) {
            assertThat(alike(new SqsScript(ours, prefix).run(), QUEUES_IN_ELASTICMQ))
                    .isEqualTo(alike(new SqsScript(other, prefix).run(), QUEUES_IN_ELASTICMQ))
                    .hasSizeGreaterThan(30);
        } finally {
            oracle.stopAndWait();
        }
    }

    private static Endpoint localStack() {
        return new Endpoint(URI.create(requireNonNull(System.getenv(ENDPOINT))));
    }

    private <C extends AutoCloseable> void compare(
            C ours, C other, BiFunction<C, String, List<String>> script, List<String> otherwise) throws Exception {
        try (ours;
                other) {
            assertThat(alike(script.apply(ours, prefix), otherwise))
                    .isEqualTo(alike(script.apply(other, prefix), otherwise))
                    .hasSizeGreaterThan(20);
        }
    }

    private static List<String> alike(List<String> notes, List<String> otherwise) {
        return notes.stream()
                .filter(note -> otherwise.stream().noneMatch(note::startsWith))
                .toList();
    }

    @Test
    @EnabledIfEnvironmentVariable(named = ENDPOINT, matches = "http.*")
    void queuesBehaveAsOnLocalStack() throws Exception {
        compare(
                mine.sqs(),
                localStack().sqs(),
                (SqsClient client, String name) -> new SqsScript(client, name).run(),
                QUEUES_IN_LOCALSTACK);
    }

    @Test
    @EnabledIfEnvironmentVariable(named = ENDPOINT, matches = "http.*")
    void streamsBehaveAsOnLocalStack() throws Exception {
        compare(
                mine.kinesis(),
                localStack().kinesis(),
                (KinesisClient client, String name) -> new KinesisScript(client, name + "s").run(),
                STREAMS_IN_LOCALSTACK);
    }

    @Test
    @EnabledIfEnvironmentVariable(named = ENDPOINT, matches = "http.*")
    void secretsBehaveAsOnLocalStack() throws Exception {
        compare(
                mine.secrets(),
                localStack().secrets(),
                (SecretsManagerClient client, String name) -> new SecretsScript(client, name + "s").run(),
                SECRETS_IN_LOCALSTACK);
    }
}
