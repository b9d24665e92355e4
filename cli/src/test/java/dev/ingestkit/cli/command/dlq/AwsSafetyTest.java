package dev.ingestkit.cli.command.dlq;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ingestkit.cli.CliRun;
import dev.ingestkit.cli.FakeAws;
import dev.ingestkit.cli.FakeAws.Answer;
import dev.ingestkit.cli.output.Terminal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The safety checks on AWS, with AWS's endpoints redirected to a fake by the SDK's own settings. */
@ResourceLock(Resources.SYSTEM_PROPERTIES)
final class AwsSafetyTest {

    private static final Terminal SCREEN = new Terminal(true, true, true, 100, false, true);
    private static final List<String> SERVICES = List.of("Sts", "CloudFormation", "Sqs", "DynamoDb");

    @TempDir
    private Path home;

    private static FakeAws aws;

    @BeforeAll
    static void start() throws IOException {
        aws = new FakeAws()
                .on("GetQueueAttributes", Answer.ok("{\"Attributes\":{\"ApproximateNumberOfMessages\":\"3\"}}"))
                .on("ReceiveMessage", Answer.ok("{}"))
                .on("PurgeQueue", Answer.ok("{}"))
                .on("Scan", Answer.ok("{\"Items\":[],\"Count\":0,\"ScannedCount\":0}"))
                .on(
                        "DescribeTable",
                        Answer.ok(
                                "{\"Table\":{\"TableName\":\"t\",\"KeySchema\":[{\"AttributeName\":\"eventId\",\"KeyType\":\"HASH\"},"
                                        + "{\"AttributeName\":\"part\",\"KeyType\":\"RANGE\"}],\"ItemCount\":1200000,\"TableSizeBytes\":2400000000}}"));
        SERVICES.forEach(service -> System.setProperty("aws.endpointUrl" + service, aws.endpoint()));
        System.setProperty("aws.accessKeyId", "test");
        System.setProperty("aws.secretAccessKey", "test");
    }

    @AfterAll
    static void end() {
        SERVICES.forEach(service -> System.clearProperty("aws.endpointUrl" + service));
        System.clearProperty("aws.accessKeyId");
        System.clearProperty("aws.secretAccessKey");
        aws.close();
    }

    private CliRun tool() {
        aws.calls().clear();
        return new CliRun(home);
    }

    @Test
    void accountAndRegionAreShown() {
        CliRun.Result result = tool().run("dlq", "list", "--aws", "--region", "eu-west-1");

        assertThat(result.exit()).as(result.err()).isZero();
        assertThat(result.err()).isEqualTo("target: AWS 123456789012 eu-west-1, stack ingest-kit (by --aws)\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"dlq purge", "dlq redrive", "dlq drain letters.ndjson"})
    void deletionAsksForTheQueuesNameOrNeedsYes(String command) {
        String[] arguments = (command + " --aws").split(" ");

        CliRun.Result nobody = tool().run(arguments);
        CliRun.Result yes = tool().terminal(SCREEN).typing("yes\n").run(arguments);

        assertThat(nobody.exit()).isEqualTo(5);
        assertThat(nobody.err()).contains("requires confirmation").contains("add --yes");
        assertThat(yes.exit()).isEqualTo(5);
        assertThat(yes.err()).contains("Type 'letters' to continue: ").contains("nothing was changed");
        assertThat(aws.calls()).doesNotContain("PurgeQueue", "ReceiveMessage");
    }

    @Test
    void theQueuesNameIsAConfirmation() {
        CliRun.Result result = tool().terminal(SCREEN).typing("letters\n").run("dlq", "purge", "--aws", "-o", "ndjson");

        assertThat(result.exit()).as(result.err()).isZero();
        assertThat(result.out()).isEqualTo("{\"queue\":\"letters\",\"messages\":3}\n");
        assertThat(aws.calls()).contains("PurgeQueue");
    }

    @Test
    void aDryRunNeedsNoConfirmation() {
        CliRun.Result result = tool().run("dlq", "redrive", "--dry-run", "--aws");

        assertThat(result.exit()).as(result.err()).isZero();
    }

    @Test
    void aFullScanIsAnnouncedWithItsPrice() {
        CliRun.Result all = tool().run("inspect", "--aws");
        CliRun.Result some = tool().run("inspect", "--aws", "--max-items", "1000");

        assertThat(all.err())
                .contains("this reads about 1,200,000 items, 2,400.0 MB: about 292,969 read request units, about $0.04"
                        + " at the on-demand price of us-east-1 (by sizes of the last six hours); --max-items N"
                        + " reads less");
        assertThat(some.err())
                .contains("this reads about 1,000 items, 2.0 MB: about 245 read request units, under $0.01");
    }

    @Test
    void verifyAnnouncesThatItReadsTheWholeTable() throws IOException {
        Files.writeString(home.resolve("run.ledger"), "");

        CliRun.Result result = tool().run("verify", "--ledger", "run.ledger", "--aws");

        assertThat(result.err()).contains("this reads about 1,200,000 items").doesNotContain("--max-items");
        assertThat(result.exit()).as(result.err()).isZero();
    }

    @Test
    void expiredCredentialsFailBeforeAnythingElse() throws IOException {
        try (FakeAws expired = new FakeAws().on("GetCallerIdentity", new Answer(403, """
            <ErrorResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><Error><Type>Sender</Type>
            <Code>ExpiredToken</Code><Message>The security token included in the request is expired</Message>
            </Error><RequestId>r-1</RequestId></ErrorResponse>\
            """, false))) {
            System.setProperty("aws.endpointUrlSts", expired.endpoint());

            CliRun.Result result = tool().run("dlq", "purge", "--aws", "--yes");

            assertThat(result.exit()).isEqualTo(4);
            assertThat(result.err()).isEqualTo("""
                error: your AWS credentials have expired
                cause: Sts ExpiredToken: The security token included in the request is expired (request r-1)
                hint:  sign in again: aws sso login --profile NAME, or renew the session's keys
                """);
            assertThat(aws.calls()).isEmpty();
        } finally {
            System.setProperty("aws.endpointUrlSts", aws.endpoint());
        }
    }
}
