package dev.ingestkit.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ingestkit.cli.CliRun;
import dev.ingestkit.cli.FakeAws;
import dev.ingestkit.cli.FakeAws.Answer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Wrong, broken and rejecting endpoints: the error has cause and remedy, and the exit code is 4. */
final class BadEndpointTest {

    private static final Answer EMPTY_QUEUE = Answer.ok("{\"Attributes\":{\"ApproximateNumberOfMessages\":\"0\"}}");

    @TempDir
    private Path home;

    private FakeAws aws;

    @BeforeEach
    void start() throws IOException {
        aws = new FakeAws();
    }

    @AfterEach
    void end() {
        aws.close();
    }

    private CliRun.Result run(String... arguments) {
        List<String> all = new ArrayList<>(Arrays.asList(arguments));
        all.addAll(List.of("--endpoint-url", aws.endpoint()));
        return new CliRun(home).run(all.toArray(String[]::new));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "dlq list",
                "dlq show m",
                "dlq drain f.ndjson",
                "dlq redrive",
                "dlq edit m",
                "dlq purge --yes",
                "dlq watch",
                "inspect",
                "inspect e",
                "replay e",
                "trace e",
                "wait --for stored --id e"
            })
    void anUnreachableEndpointIsReported(String command) {
        aws.close();

        CliRun.Result result = run(command.split(" "));

        assertThat(result.exit()).isEqualTo(4);
        assertThat(result.out()).isEmpty();
        assertThat(result.err().lines().toList())
                .satisfiesExactly(
                        target -> assertThat(target).startsWith("target: endpoint " + aws.endpoint()),
                        error -> assertThat(error)
                                .startsWith("error: cannot reach the stack at endpoint " + aws.endpoint()),
                        cause -> assertThat(cause).startsWith("cause: ").contains("Connect"),
                        hint -> assertThat(hint)
                                .isEqualTo(
                                        "hint:  check that the target runs and that the endpoint is right: ingest-cli"
                                                + " doctor"));
    }

    @Test
    void aMissingQueueIsReportedAsText() {
        aws.on("GetQueueAttributes", Answer.refused("QueueDoesNotExist", "The specified queue does not exist."));

        CliRun.Result result = run("-q", "dlq", "list");

        assertThat(result.exit()).isEqualTo(4);
        assertThat(result.err()).isEqualTo("""
            error: the dead letter queue '%1$s/queue/us-east-1/123456789012/letters' does not exist
            cause: Sqs QueueDoesNotExist: The specified queue does not exist. (request r-1)
            hint:  check account, region and stack: --profile, --region, --stack
            """.formatted(aws.endpoint()));
    }

    @Test
    void aMissingTableIsReportedAsJson() {
        aws.on("Query", Answer.refused("ResourceNotFoundException", "Requested resource not found"));

        CliRun.Result result = run("-q", "inspect", "e", "-o", "json");

        assertThat(result.exit()).isEqualTo(4);
        assertThat(result.out()).isEmpty();
        assertThat(result.err())
                .isEqualTo("{\"error\":{\"code\":\"TABLE_NOT_FOUND\",\"category\":\"ENVIRONMENT\",\"message\":\"the"
                        + " table 'events-table' does not exist\",\"cause\":\"DynamoDb"
                        + " ResourceNotFoundException: Requested resource not found (request"
                        + " r-1)\",\"hints\":[\"check account, region and stack: --profile, --region,"
                        + " --stack\"]}}\n");
    }

    @ParameterizedTest
    @CsvSource({
        "ExpiredTokenException, CREDENTIALS_EXPIRED, aws sso login",
        "UnrecognizedClientException, CREDENTIALS_REFUSED, aws sts get-caller-identity",
        "AccessDeniedException, TABLE_DENIED, the cause names the permission",
        "ThrottlingException, TABLE_THROTTLED, wait a moment"
    })
    void aRejectionSuggestsARemedy(String refusal, String code, String hint) {
        aws.on("Query", Answer.refused(refusal, "no"));

        CliRun.Result result = run("inspect", "e", "-o", "json");

        assertThat(result.exit()).isEqualTo(4);
        assertThat(result.err()).contains("\"code\":\"" + code + "\"").contains(hint);
    }

    @Test
    void malformedAnswersAreNotInternalErrors() {
        for (Answer answer : List.of(
                Answer.ok("surprise"),
                new Answer(500, "<html>", false),
                new Answer(200, "{\"Attributes\":{}}", true))) {
            aws.on("GetQueueAttributes", answer);

            CliRun.Result result = run("-q", "dlq", "list");

            assertThat(result.exit()).as(answer.toString()).isEqualTo(4);
            assertThat(result.err()).startsWith("error: ").contains("\ncause: ", "\nhint:  ");
        }
    }

    @Test
    void anEndpointWithoutHttpIsNotAnInternalError() throws IOException {
        try (ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            Thread answering = new Thread(() -> answerNonsense(server), "nonsense");
            answering.setDaemon(true);
            answering.start();

            CliRun.Result result = new CliRun(home)
                    .run("-q", "dlq", "list", "--endpoint-url", "http://127.0.0.1:" + server.getLocalPort());

            assertThat(result.exit()).isEqualTo(4);
            assertThat(result.err()).startsWith("error: ").contains("\ncause: ", "\nhint:  ");
        }
    }

    private static void answerNonsense(ServerSocket server) {
        try {
            while (true) {
                try (Socket client = server.accept()) {
                    int first = client.getInputStream().read();
                    client.getOutputStream()
                            .write(("\0 no HTTP " + first + "\r\n\r\n").getBytes(StandardCharsets.UTF_8));
                }
            }
        } catch (IOException closed) {
            // The test is over.
        }
    }

    @Test
    void anEmptyDescribeStacksIsNotAnInternalError() {
        aws.on("DescribeStacks", Answer.ok("<nothing/>"));

        CliRun.Result result = run("dlq", "list");

        assertThat(result.exit()).isEqualTo(4);
        assertThat(result.err()).contains("error: no stack found at endpoint " + aws.endpoint());
    }

    @Test
    void messagesHeldByOthersAreReported() {
        aws.on("GetQueueAttributes", Answer.ok("{\"Attributes\":{\"ApproximateNumberOfMessagesNotVisible\":\"7\"}}"))
                .on("ReceiveMessage", Answer.ok("{}"));

        CliRun.Result result = run("-q", "dlq", "list");
        CliRun.Result listed = run("dlq", "list");

        assertThat(result).isEqualTo(new CliRun.Result(0, "", ""));
        assertThat(listed.err()).contains("about 7 messages not seen: another run, possibly a killed one, holds them");
    }

    @Test
    void anInvalidEndpointIsWrongUsage() {
        CliRun.Result result = new CliRun(home).run("dlq", "list", "--endpoint-url", "localhost:4566");
        CliRun.Result variable =
                new CliRun(home).variable("AWS_ENDPOINT_URL", "http://no host").run("dlq", "list");

        assertThat(result.exit()).isEqualTo(2);
        assertThat(result.err()).contains("--endpoint-url: 'localhost:4566' is not a valid endpoint");
        assertThat(variable.exit()).isEqualTo(2);
        assertThat(variable.err()).contains("AWS_ENDPOINT_URL: 'http://no host' is not a valid endpoint");
    }

    @Test
    void purgingAsksForAYesAndNeverHangs() {
        aws.on("GetQueueAttributes", EMPTY_QUEUE).on("PurgeQueue", Answer.ok("{}"));

        CliRun.Result nobody = run("-q", "dlq", "purge");
        CliRun.Result agreed = run("-q", "dlq", "purge", "--yes", "-o", "json");

        assertThat(nobody.exit()).isEqualTo(5);
        assertThat(nobody.err()).contains("add --yes");
        assertThat(agreed.out()).isEqualTo("""
            {
              "queue" : "letters",
              "messages" : 0
            }
            """);
        assertThat(aws.calls()).filteredOn("PurgeQueue"::equals).hasSize(1);
    }
}
