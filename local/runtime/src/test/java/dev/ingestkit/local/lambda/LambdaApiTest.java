package dev.ingestkit.local.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ingestkit.local.delivery.AsyncInvocations;
import dev.ingestkit.local.delivery.WaitingInvocations;
import dev.ingestkit.local.functions.FunctionConfig;
import dev.ingestkit.local.functions.Invocation;
import dev.ingestkit.local.functions.InvokeRejectedException;
import dev.ingestkit.local.journal.Journal;
import dev.ingestkit.local.mapping.MappingConfig;
import dev.ingestkit.local.mapping.MappingState;
import dev.ingestkit.local.mapping.ThreadEventLoop;
import dev.ingestkit.local.protocol.ServiceRouter;
import dev.ingestkit.local.protocol.ServiceServer;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.EventSourceMappingConfiguration;
import software.amazon.awssdk.services.lambda.model.FunctionConfiguration;
import software.amazon.awssdk.services.lambda.model.InvalidParameterValueException;
import software.amazon.awssdk.services.lambda.model.InvocationType;
import software.amazon.awssdk.services.lambda.model.InvokeResponse;
import software.amazon.awssdk.services.lambda.model.LambdaException;
import software.amazon.awssdk.services.lambda.model.ListEventSourceMappingsResponse;
import software.amazon.awssdk.services.lambda.model.LogType;
import software.amazon.awssdk.services.lambda.model.ResourceNotFoundException;
import software.amazon.awssdk.services.lambda.model.TooManyRequestsException;

class LambdaApiTest {

    private static final String ARN = "arn:aws:lambda:us-east-1:000000000000:function:writer";
    private static final String STREAM = "arn:aws:kinesis:us-east-1:000000000000:stream/events";
    private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");

    private final ConcurrentLinkedQueue<String> invoked = new ConcurrentLinkedQueue<>();
    private final FakeMappings mappings = new FakeMappings();
    private final ServiceServer server = start();
    private final LambdaClient client =
            server.open(LambdaClient.builder().httpClientBuilder(UrlConnectionHttpClient.builder()));

    private ServiceServer start() {
        FunctionConfig config = FunctionConfig.of("writer", ARN, code(), "a.Writer::handle")
                .withRuntime("java21")
                .withEnvironment(Map.of("TABLE_NAME", "events"))
                .withReservedConcurrency(7);
        FunctionCatalog.Entry writer = new FunctionCatalog.Entry(
                config,
                "arn:aws:iam::000000000000:role/writer",
                NOW,
                42,
                List.of(new FunctionCatalog.Alias("live", "1")),
                Map.of("team", "ingest"));
        LambdaApi api = new LambdaApi(
                () -> List.of(writer),
                this::invoke,
                mappings,
                new QueueMappings(
                        new Journal(Clock.systemUTC()),
                        Clock.systemUTC(),
                        this::invoke,
                        queue -> {
                            throw new IllegalArgumentException("The queue %s does not exist.".formatted(queue));
                        },
                        MappingStorage.NONE),
                new AsyncInvocations(
                        this::invoke,
                        new Journal(Clock.systemUTC()),
                        Clock.systemUTC(),
                        ThreadEventLoop.on(Clock.systemUTC(), "test-invocations"),
                        (arn, body, attributes) -> CompletableFuture.completedFuture(arn),
                        WaitingInvocations.NONE),
                () -> UUID.randomUUID().toString());
        ServiceRouter.Builder router = ServiceRouter.builder();
        LambdaApi.PATHS.forEach(path -> router.path(path, api));
        return ServiceServer.start(router.build());
    }

    /** Returns a folder of code: that of this test. */
    private static Path code() {
        return Path.of(URI.create(LambdaApiTest.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toString()));
    }

    private CompletableFuture<Invocation> invoke(String function, byte[] payload) {
        String event = new String(payload, StandardCharsets.UTF_8);
        invoked.add(function + " " + event);
        if (event.equals("\"throttle\"")) {
            return CompletableFuture.failedFuture(
                    new InvokeRejectedException(InvokeRejectedException.Reason.THROTTLED, "Rate Exceeded."));
        }
        String error = event.equals("\"fail\"") ? "Unhandled" : null;
        return CompletableFuture.completedFuture(
                new Invocation("id", error, payload, Duration.ofMillis(1), "START\nEND\n"));
    }

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void anInvocationByAliasNamesTheVersionThatRan() {
        InvokeResponse answer =
                client.invoke(request -> request.functionName("writer").qualifier("live"));

        assertThat(answer.executedVersion()).isEqualTo("1");
        assertThat(invoked).containsExactly(ARN + ":live {}");
    }

    @Test
    void invokeReturnsTheAnswerAndTheLog() {
        InvokeResponse answer = client.invoke(request ->
                request.functionName("writer").logType(LogType.TAIL).payload(SdkBytes.fromUtf8String("{\"a\":1}")));
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.payload().asUtf8String()).isEqualTo("{\"a\":1}");
        assertThat(answer.executedVersion()).isEqualTo("$LATEST");
        assertThat(answer.logResult()).isEqualTo("U1RBUlQKRU5ECg==");
        assertThat(answer.functionError()).isNull();
        assertThat(invoked).containsExactly(ARN + ":$LATEST {\"a\":1}");
    }

    @Test
    void functionsAreFoundByArnPartialArnAndQualifier() {
        client.invoke(request -> request.functionName(ARN + ":live"));
        client.invoke(
                request -> request.functionName("000000000000:function:writer").qualifier("live"));
        assertThat(invoked).containsExactly(ARN + ":live {}", ARN + ":live {}");
    }

    @Test
    void aFunctionErrorReturnsStatus200() {
        InvokeResponse answer =
                client.invoke(request -> request.functionName("writer").payload(SdkBytes.fromUtf8String("\"fail\"")));
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.functionError()).isEqualTo("Unhandled");
    }

    @Test
    void eventsReturnAtOnceAndDryRunsInvokeNothing() {
        assertThat(client.invoke(request -> request.functionName("writer").invocationType(InvocationType.EVENT))
                        .statusCode())
                .isEqualTo(202);
        Awaitility.await().until(() -> invoked.size() == 1);
        assertThat(client.invoke(request -> request.functionName("writer").invocationType(InvocationType.DRY_RUN))
                        .statusCode())
                .isEqualTo(204);
        assertThat(invoked).hasSize(1);
    }

    @Test
    void errorsEqualLambdas() {
        assertThatThrownBy(() -> client.invoke(request -> request.functionName("other")))
                .isInstanceOf(ResourceNotFoundException.class)
                .hasMessageContaining("Function not found: other");
        assertThatThrownBy(() -> client.getFunction(
                        request -> request.functionName("writer").qualifier("gone")))
                .isInstanceOf(ResourceNotFoundException.class)
                .hasMessageContaining("gone");
        assertThatThrownBy(() -> client.invoke(
                        request -> request.functionName("writer").payload(SdkBytes.fromUtf8String("\"throttle\""))))
                .isInstanceOf(TooManyRequestsException.class);
    }

    @Test
    void functionsAreListedWithConfigurationAliasesVersionsAndTags() {
        FunctionConfiguration listed = client.listFunctions().functions().get(0);
        assertThat(listed.functionArn()).isEqualTo(ARN);
        assertThat(listed.environment().variables()).containsEntry("TABLE_NAME", "events");
        assertThat(Base64.getDecoder().decode(listed.codeSha256())).hasSize(32);
        assertThat(client.getFunction(request -> request.functionName("writer"))
                        .concurrency()
                        .reservedConcurrentExecutions())
                .isEqualTo(7);
        assertThat(client.getFunctionConfiguration(
                                request -> request.functionName("writer").qualifier("live"))
                        .version())
                .isEqualTo("1");
        assertThat(client.listVersionsByFunction(request -> request.functionName("writer"))
                        .versions())
                .hasSize(2);
        assertThat(client.listAliases(request -> request.functionName("writer")).aliases())
                .hasSize(1);
        assertThat(client.getAlias(request -> request.functionName("writer").name("live"))
                        .functionVersion())
                .isEqualTo("1");
        assertThat(client.listTags(request -> request.resource(ARN)).tags()).containsEntry("team", "ingest");
        assertThat(client.getAccountSettings().accountLimit().unreservedConcurrentExecutions())
                .isEqualTo(993);
    }

    @Test
    void mappingsAreCreatedListedUpdatedAndDeleted() {
        String uuid = client.createEventSourceMapping(request -> request.functionName("writer")
                        .eventSourceArn(STREAM)
                        .startingPosition("TRIM_HORIZON")
                        .batchSize(10)
                        .functionResponseTypesWithStrings("ReportBatchItemFailures")
                        .destinationConfig(
                                destination -> destination.onFailure(failure -> failure.destination("arn:q"))))
                .uuid();
        EventSourceMappingConfiguration listed = client.listEventSourceMappings(
                        request -> request.functionName("writer").eventSourceArn(STREAM))
                .eventSourceMappings()
                .get(0);
        assertThat(listed.uuid()).isEqualTo(uuid);
        assertThat(listed.state()).isEqualTo("Enabled");
        assertThat(listed.functionArn()).isEqualTo(ARN);
        assertThat(listed.destinationConfig().onFailure().destination()).isEqualTo("arn:q");
        assertThat(listed.lastModified()).isEqualTo(NOW);

        assertThat(client.updateEventSourceMapping(
                                request -> request.uuid(uuid).enabled(false).batchSize(3))
                        .batchSize())
                .isEqualTo(3);
        assertThat(client.getEventSourceMapping(request -> request.uuid(uuid)).state())
                .isEqualTo("Disabled");

        client.deleteEventSourceMapping(request -> request.uuid(uuid));
        assertThatThrownBy(() -> client.getEventSourceMapping(request -> request.uuid(uuid)))
                .isInstanceOf(ResourceNotFoundException.class);
    }

    @Test
    void mappingsWithoutASourceOrAPositionAreRejectedInLambdasWords() {
        assertThatThrownBy(() -> client.createEventSourceMapping(
                        request -> request.functionName("writer").startingPosition("LATEST")))
                .isInstanceOf(InvalidParameterValueException.class)
                .hasMessageContaining("Unrecognized event source.");
        assertThatThrownBy(() -> client.createEventSourceMapping(
                        request -> request.functionName("writer").eventSourceArn(STREAM)))
                .isInstanceOf(InvalidParameterValueException.class)
                .hasMessageContaining(
                        "Value null at 'startingPosition' failed to satisfy constraint: Member must not be null.");
        assertThatThrownBy(() -> client.createEventSourceMapping(request ->
                        request.functionName("writer").eventSourceArn(STREAM).startingPosition("invalid")))
                .isInstanceOfSatisfying(
                        LambdaException.class,
                        error -> assertThat(error.awsErrorDetails().errorCode()).isEqualTo("ValidationException"))
                .hasMessageContaining("Value 'invalid' at 'startingPosition' failed to satisfy constraint: Member must"
                        + " satisfy enum value set: [LATEST, AT_TIMESTAMP, TRIM_HORIZON]");
    }

    @Test
    void mappingsAreListedPageByPage() {
        for (int number = 0; number < 5; number++) {
            String stream = STREAM + number;
            client.createEventSourceMapping(request ->
                    request.functionName("writer").eventSourceArn(stream).startingPosition("LATEST"));
        }
        List<Integer> pages = new ArrayList<>();
        List<String> ids = new ArrayList<>();
        for (ListEventSourceMappingsResponse page :
                client.listEventSourceMappingsPaginator(request -> request.maxItems(2))) {
            pages.add(page.eventSourceMappings().size());
            page.eventSourceMappings().forEach(mapping -> ids.add(mapping.uuid()));
        }
        assertThat(pages).containsExactly(2, 2, 1);
        assertThat(ids).doesNotHaveDuplicates().hasSize(5);
        assertThatThrownBy(() -> client.listEventSourceMappings(request -> request.maxItems(10_001)))
                .isInstanceOf(LambdaException.class)
                .hasMessageContaining("MaxItems must be 1 to 10000: 10001");
    }

    @Test
    void aMappingOutsideTheBoundsOfLambdaIsRefused() {
        assertThatThrownBy(() -> client.createEventSourceMapping(request -> request.functionName("writer")
                        .eventSourceArn(STREAM)
                        .startingPosition("LATEST")
                        .batchSize(10_001)))
                .isInstanceOf(LambdaException.class)
                .hasMessageContaining("batchSize");
    }

    @Test
    void anUnsupportedActionIsNamed() {
        assertThatThrownBy(() -> client.deleteFunction(request -> request.functionName("writer")))
                .isInstanceOf(LambdaException.class)
                .hasMessageContaining("DELETE /2015-03-31/functions/writer");
    }

    /** Mappings that change at once. */
    private static final class FakeMappings implements MappingCatalog {

        private final List<Entry> entries = new CopyOnWriteArrayList<>();

        @Override
        public List<Entry> mappings() {
            return new ArrayList<>(entries);
        }

        @Override
        public CompletableFuture<Entry> create(MappingConfig config) {
            MappingState state = config.settings().enabled() ? MappingState.ENABLED : MappingState.DISABLED;
            Entry entry = new Entry(config, state, NOW, "No records processed");
            entries.add(entry);
            return CompletableFuture.completedFuture(entry);
        }

        @Override
        public CompletableFuture<Entry> update(MappingConfig config) {
            entries.removeIf(entry -> entry.config().uuid().equals(config.uuid()));
            return create(config);
        }

        @Override
        public CompletableFuture<Entry> delete(String uuid) {
            Entry entry = entries.stream()
                    .filter(each -> each.config().uuid().equals(uuid))
                    .findFirst()
                    .orElseThrow();
            entries.remove(entry);
            return CompletableFuture.completedFuture(entry);
        }
    }
}
