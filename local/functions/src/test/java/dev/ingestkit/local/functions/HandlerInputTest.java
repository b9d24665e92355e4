package dev.ingestkit.local.functions;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.events.KinesisEvent;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ingestkit.local.functions.fixture.InputHandlers;
import dev.ingestkit.local.journal.Journal;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import org.joda.time.DateTime;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Covers what handler methods may take and return, as the client that runs on Lambda reads and writes it. */
final class HandlerInputTest {

    private static final String ARN = "arn:aws:lambda:us-east-1:000000000000:function:";

    @TempDir
    private static Path folder;

    private static FunctionRuntime runtime;

    @BeforeAll
    static void start() throws IOException {
        Path jar = FixtureJar.write(folder.resolve("fixtures.jar"), KinesisEvent.class, DateTime.class);
        runtime = new FunctionRuntime(
                FunctionRuntimeOptions.of("http://127.0.0.1:4566", "eu-central-1", new Journal(Clock.systemUTC()))
                        .withTemporaryFolder(folder));
        for (String method :
                new String[] {"record", "recordResult", "note", "nothing", "nullResult", "sum", "text", "overloaded"}) {
            runtime.register(FunctionConfig.of(method, ARN + method, jar, InputHandlers.class.getName() + "::" + method)
                    .withTimeout(Duration.ofSeconds(30)));
        }
    }

    @AfterAll
    static void stop() {
        runtime.close();
    }

    private static Invocation invoke(String method, String event) {
        return runtime.invoke(method, event.getBytes(StandardCharsets.UTF_8)).join();
    }

    private static String payload(Invocation invocation) {
        return new String(invocation.payload(), StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "record       | {\"name\":\"tea\",\"count\":3}                    | \"tea x 3\"",
                "record       | {\"name\":\"tea\",\"count\":3,\"more\":true}      | \"tea x 3\"",
                "recordResult | {\"a\":1,\"b\":2}                                 | {\"name\":\"made of"
                        + " 2\",\"count\":2}",
                "note         | {\"at\":\"2026-01-02T03:04:05Z\",\"text\":\"hi\"} | \"2026-01-02T03:04:05Z hi\"",
                "note         | {\"at\":\"2026-01-02T03:04:05Z\",\"text\":null}   | \"2026-01-02T03:04:05Z without"
                        + " text\"",
                "nothing      | {}                                                | null",
                "nullResult   | {}                                                | null",
                "sum          | [1,2,3]                                           | 6",
                "text         | \"a\\\"b\"                                        | \"a\\\"b!\"",
                "overloaded   | {}                                                | \"with context\"",
            })
    void handlersReadAndWriteAsOnLambda(String method, String event, String expected) {
        Invocation invocation = invoke(method, event);

        assertThat(invocation.error()).as(payload(invocation)).isEmpty();
        assertThat(payload(invocation)).isEqualTo(expected);
    }

    @Test
    void aFailureWithoutMessageHasItsTypeAsMessage() throws IOException {
        Invocation invocation = invoke("nothing", "{\"fail\":true}");

        assertThat(invocation.error()).contains("Unhandled");
        JsonNode error = new ObjectMapper().readTree(invocation.payload());
        String type = InputHandlers.NamelessFailure.class.getName();
        assertThat(error.path("errorType").asText()).isEqualTo(type);
        assertThat(error.path("errorMessage").asText()).isEqualTo(type);
    }

    @Test
    void anEventOfAnotherTypeFailsTheInvocation() throws IOException {
        Invocation invocation = invoke("sum", "{\"not\":\"a list\"}");

        assertThat(invocation.error()).contains("Unhandled");
        JsonNode error = new ObjectMapper().readTree(invocation.payload());
        assertThat(error.path("errorType").asText()).isEqualTo("java.lang.RuntimeException");
        assertThat(error.path("errorMessage").asText()).startsWith("An error occurred during JSON parsing");
    }
}
