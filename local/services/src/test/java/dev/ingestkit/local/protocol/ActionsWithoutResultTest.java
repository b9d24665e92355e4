package dev.ingestkit.local.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ingestkit.local.faults.Faults;
import dev.ingestkit.local.http.HttpRequest;
import dev.ingestkit.local.http.HttpResponse;
import dev.ingestkit.local.journal.Journal;
import dev.ingestkit.local.journal.Origins;
import dev.ingestkit.local.kinesis.KinesisService;
import dev.ingestkit.local.secrets.SecretsService;
import dev.ingestkit.local.sqs.SqsService;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.utils.builder.SdkBuilder;

/** Compares the actions without a result with the models of AWS's SDK, and their responses with AWS's: an empty body. */
final class ActionsWithoutResultTest {

    private static final String REGION = "us-east-1";
    private static final String ACCOUNT = "000000000000";

    private final Clock clock = Clock.systemUTC();
    private final Journal journal = new Journal(clock);

    @Test
    void actionsAreThoseWhoseResponseHasNoMemberInTheModel() {
        try (KinesisService kinesis = kinesis();
                SqsService sqs = sqs()) {
            assertThat(kinesis.actionsWithoutResult()).isEqualTo(inModel("kinesis", kinesis.actions()));
            assertThat(sqs.actionsWithoutResult()).isEqualTo(inModel("sqs", sqs.actions()));
        }
        SecretsService secrets = new SecretsService(
                clock,
                REGION,
                ACCOUNT,
                Faults.NONE,
                () -> {
                    throw new IllegalStateException("this test rotates no secret");
                },
                new Random(1));
        assertThat(secrets.actionsWithoutResult()).isEqualTo(inModel("secretsmanager", secrets.actions()));
    }

    @Test
    void responsesWithoutResultHaveNoBody() {
        try (KinesisService kinesis = kinesis();
                SqsService sqs = sqs()) {
            ServiceRouter router =
                    ServiceRouter.builder().service(kinesis).service(sqs).build();

            assertThat(send(router, "Kinesis_20131202.CreateStream", "{\"StreamName\":\"s\"}"))
                    .isEmpty();
            assertThat(send(router, "Kinesis_20131202.ListTagsForStream", "{\"StreamName\":\"s\"}"))
                    .isEqualTo("{\"Tags\":[],\"HasMoreTags\":false}");
            assertThat(send(router, "AmazonSQS.CreateQueue", "{\"QueueName\":\"q\"}"))
                    .contains("QueueUrl");
            assertThat(send(router, "AmazonSQS.TagQueue", "{\"QueueUrl\":\"/000000000000/q\",\"Tags\":{\"a\":\"b\"}}"))
                    .isEmpty();
            assertThat(send(router, "AmazonSQS.ReceiveMessage", "{\"QueueUrl\":\"/000000000000/q\"}"))
                    .isEqualTo("{}");
        }
    }

    private static Set<String> inModel(String service, Set<String> actions) {
        return actions.stream()
                .filter(action -> !action.equals("SubscribeToShard")) // an event stream
                .filter(action -> response(service, action).sdkFields().isEmpty())
                .collect(Collectors.toUnmodifiableSet());
    }

    private static SdkPojo response(String service, String action) {
        String name = "software.amazon.awssdk.services.%s.model.%sResponse".formatted(service, action);
        try {
            Object builder = Class.forName(name).getMethod("builder").invoke(null);
            return (SdkPojo) ((SdkBuilder<?, ?>) builder).build();
        } catch (ReflectiveOperationException missing) {
            throw new LinkageError("no response of " + action, missing);
        }
    }

    private static String send(ServiceRouter router, String target, String body) {
        HttpResponse response = router.handle(new HttpRequest(
                        "POST",
                        "/",
                        "",
                        Map.of("x-amz-target", List.of(target), "content-type", List.of("application/x-amz-json-1.0")),
                        body.getBytes(StandardCharsets.UTF_8),
                        "127.0.0.1"))
                .toCompletableFuture()
                .join();
        assertThat(response.status()).isEqualTo(200);
        return new String(((HttpResponse.Bytes) response.body()).content(), StandardCharsets.UTF_8);
    }

    private KinesisService kinesis() {
        return new KinesisService(
                KinesisService.Options.of(REGION, ACCOUNT, true), clock, journal, Faults.NONE, new Random(1));
    }

    private SqsService sqs() {
        return new SqsService(
                new SqsService.Location(REGION, ACCOUNT, () -> "http://localhost"),
                clock,
                journal,
                Origins.NONE,
                Faults.NONE,
                new Random(1));
    }
}
