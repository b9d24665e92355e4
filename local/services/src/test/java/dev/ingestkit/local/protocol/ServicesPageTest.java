package dev.ingestkit.local.protocol;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ingestkit.local.cloudformation.StsService;
import dev.ingestkit.local.cloudwatch.CloudWatchService;
import dev.ingestkit.local.cloudwatch.PublishedMetrics;
import dev.ingestkit.local.dynamodb.DynamoDbService;
import dev.ingestkit.local.eventbridge.EventBridgeService;
import dev.ingestkit.local.events.Arn;
import dev.ingestkit.local.faults.Faults;
import dev.ingestkit.local.journal.Journal;
import dev.ingestkit.local.kinesis.KinesisAction;
import dev.ingestkit.local.kinesis.KinesisService;
import dev.ingestkit.local.s3.S3Service;
import dev.ingestkit.local.secrets.SecretsService;
import dev.ingestkit.local.sns.SnsService;
import dev.ingestkit.local.sns.Subscribers;
import dev.ingestkit.local.sqs.SqsService;
import dev.ingestkit.local.table.TableEngine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** docs/reference/services.md is generated from the services; run with -Dingest.update=true to write it. */
class ServicesPageTest {

    private static final Path ROOT = Path.of(requireNonNull(System.getProperty("ingest.root")));
    private static final Path PAGE = ROOT.resolve("docs/reference/services.md");
    private static final String REGION = "us-east-1";
    private static final String ACCOUNT = "000000000000";

    private final Clock clock = Clock.systemUTC();
    private final Journal journal = new Journal(clock);
    private final StringBuilder page = new StringBuilder();

    @Test
    void thePageMatchesTheServices() throws Exception {
        page.append("""
            # What each service does

            Every action of the AWS APIs, and whether the embedded runtime supports it. *runs*: with AWS's rules,
            limits and errors. *accepted*: validated, stored and returned, without effect. *no*: rejected with an
            error that names the action. `ServicesPageTest` generates this page from the services' own tables and
            fails when the page is out of date.
            """);
        kinesis();
        others();
        if (Boolean.getBoolean("ingest.update")) {
            Files.writeString(PAGE, page);
        }

        assertThat(page.toString()).isEqualTo(Files.readString(PAGE));
    }

    private void kinesis() {
        Map<String, KinesisAction> table = Arrays.stream(KinesisAction.values())
                .collect(Collectors.toMap(KinesisAction::actionName, Function.identity()));
        try (KinesisService kinesis = new KinesisService(
                KinesisService.Options.of(REGION, ACCOUNT, true), clock, journal, Faults.NONE, new Random(1))) {
            service("Kinesis Data Streams", kinesis, action -> Optional.ofNullable(table.get(action)));
        }
    }

    private void others() throws IOException {
        try (SqsService sqs = new SqsService(
                        new SqsService.Location(REGION, ACCOUNT, () -> "http://localhost"),
                        clock,
                        journal,
                        header -> Optional.empty(),
                        Faults.NONE,
                        new Random(1));
                DynamoDbService dynamoDb = DynamoDbService.inMemory(
                        TableEngine.Settings.of(REGION, ACCOUNT), journal, header -> Optional.empty(), Faults.NONE)) {
            service("SQS", sqs, action -> Optional.empty());
            service(
                    "SNS (queues and functions as subscribers)",
                    new SnsService(REGION, ACCOUNT, clock, new NoSubscribers(), () -> "id"),
                    action -> Optional.empty());
            try (EventBridgeService events = new EventBridgeService(
                    REGION, ACCOUNT, clock, (target, payload, rule, id) -> noTarget(), () -> "id")) {
                service("EventBridge", events, action -> Optional.empty());
            }
            service(
                    "Secrets Manager",
                    new SecretsService(
                            clock,
                            REGION,
                            ACCOUNT,
                            Faults.NONE,
                            () -> {
                                throw new IllegalStateException("this test rotates no secret");
                            },
                            new Random(1)),
                    action -> Optional.empty());
            S3Service s3 = new S3Service(clock, REGION, ACCOUNT, 1, () -> "request");
            table("S3 (whole objects, by path or host)", S3Service.NAME, s3.actions(), action -> Optional.empty());
            service("DynamoDB", dynamoDb, action -> Optional.empty());
            service("DynamoDB Streams", dynamoDb.streams(), action -> Optional.empty());
            service(
                    "CloudWatch (metrics are shown by `status`)",
                    new CloudWatchService(new PublishedMetrics(), clock),
                    action -> Optional.empty());
            service("STS", new StsService(ACCOUNT, clock), action -> Optional.empty());
        }
    }

    private static CompletionStage<Void> noTarget() {
        throw new IllegalStateException("not called");
    }

    /** Subscribers that are never called, since the test publishes nothing. */
    private static final class NoSubscribers implements Subscribers {

        @Override
        public CompletionStage<Void> sendToQueue(Arn queue, String body, ObjectNode attributes, @Nullable Order order) {
            throw new IllegalStateException("not called");
        }

        @Override
        public CompletionStage<Void> invoke(String functionArn, Arn source, String id, byte[] event) {
            throw new IllegalStateException("not called");
        }
    }

    private void service(String title, AwsService service, Function<String, Optional<KinesisAction>> table) {
        table(title, service.name(), service.actions(), table);
    }

    private void table(
            String title, String service, Set<String> built, Function<String, Optional<KinesisAction>> table) {
        Set<String> all = new TreeSet<>(KnownActions.of(service));
        all.addAll(built);
        page.append("\n## ").append(title).append("\n\n| action | here | |\n| --- | --- | --- |\n");
        for (String action : all) {
            Optional<KinesisAction> row = table.apply(action);
            String state = row.map(KinesisAction::state)
                    .map(known -> switch (known) {
                        case SUPPORTED -> "runs";
                        case ACCEPTED -> "accepted";
                        case UNSUPPORTED -> "no";
                    })
                    .orElse(built.contains(action) ? "runs" : "no");
            page.append("| %s | %s | %s |%n"
                    .formatted(action, state, row.map(KinesisAction::note).orElse("")));
        }
    }
}
