package dev.ingestkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.lambda.model.InvocationType;

/** Lists, shows, redrives and edits events of asynchronous invocations that Lambda reported to a queue. */
final class FailedInvocationsByToolTest {

    private static final String TEMPLATE = """
        Transform: AWS::Serverless-2016-10-31
        Resources:
          Failures: {Type: AWS::SQS::Queue}
          Job:
            Type: AWS::Serverless::Function
            Properties:
              CodeUri: job.jar
              Handler: %s
              Runtime: java17
              MemorySize: 256
              EventInvokeConfig:
                MaximumRetryAttempts: 0
                DestinationConfig: {OnFailure: {Type: SQS, Destination: !GetAtt Failures.Arn}}
        """.formatted(PoisonFunction.HANDLER);

    /** The word for which the function fails, in base64. */
    private static final String POISON = "cG9pc29u";

    @TempDir
    private Path folder;

    @RegisterExtension
    final TemplateStack stack = new TemplateStack(() -> folder, TEMPLATE, Map.of("job.jar", PoisonFunction.class));

    private JsonNode deadLetters() {
        return stack.tool().run("dlq", "list", "-o", "json").json();
    }

    private JsonNode onlyDeadLetter() {
        return Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .pollInSameThread()
                .until(this::deadLetters, deadLetters -> deadLetters.size() == 1)
                .get(0);
    }

    @Test
    void theEventIsShownRedrivenAndEdited() {
        String event = "{\"eventId\":\"job-1\",\"data\":\"%s\"}".formatted(POISON);
        stack.clients()
                .lambda()
                .invoke(request -> request.functionName("ingest-kit-Job")
                        .invocationType(InvocationType.EVENT)
                        .payload(SdkBytes.fromUtf8String(event)));

        JsonNode deadLetter = onlyDeadLetter();
        String id = deadLetter.path("id").asText();
        JsonNode shown = stack.tool().run("dlq", "show", id, "-o", "json").json();
        Tool.Result redriven = stack.tool().run("dlq", "redrive", id);
        Tool.Result drained = stack.tool()
                .run("dlq", "drain", folder.resolve("drained.ndjson").toString());
        Tool.Result edited = stack.tool()
                .variable("EDITOR", "sed -i s/%s/Z29vZA==/".formatted(POISON))
                .run("dlq", "edit", id);

        assertThat(deadLetter.path("kind").asText()).isEqualTo("invocation");
        assertThat(deadLetter.path("reason").asText()).isEqualTo("RetriesExhausted");
        assertThat(deadLetter.path("text").asText())
                .isEqualTo("event of function ingest-kit-Job, function error Unhandled");
        assertThat(deadLetter.path("eventId").asText()).isEqualTo("job-1");
        assertThat(shown.path("function").asText()).isEqualTo("ingest-kit-Job");
        assertThat(shown.at("/payload/data").asText()).isEqualTo(POISON);
        assertThat(redriven.exit()).as(redriven.err()).isEqualTo(1);
        assertThat(redriven.out() + redriven.err()).contains("function error Unhandled");
        assertThat(drained.exit()).as(drained.err()).isEqualTo(3);
        assertThat(drained.err()).contains("left in the queue: " + id + ": only a redrive returns it to its function");
        assertThat(edited.exit()).as(edited.err()).isZero();
        assertThat(deadLetters()).isEmpty();
    }
}
