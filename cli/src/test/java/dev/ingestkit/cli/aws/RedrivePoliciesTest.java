package dev.ingestkit.cli.aws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ingestkit.cli.FakeAws;
import java.io.IOException;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The queues that other queues' redrive policies name. */
final class RedrivePoliciesTest {

    private static final String URL = "/000000000000/orders";

    private static Optional<String> target(FakeAws.Answer answer) throws IOException {
        try (FakeAws aws = new FakeAws()) {
            aws.on("GetQueueAttributes", answer);
            try (AwsClients clients = aws.clients()) {
                return new RedrivePolicies(clients.sqs()).target(aws.endpoint() + URL);
            }
        }
    }

    @Test
    void aPolicyNamesTheQueueForFailures() throws IOException {
        assertThat(target(FakeAws.Answer.ok("""
                        {"Attributes":{"RedrivePolicy":
                         "{\\"deadLetterTargetArn\\":\\"arn:aws:sqs:us-east-1:000000000000:failed\\",\\"maxReceiveCount\\":2}"}}
                        """))).contains("failed");
    }

    @Test
    void aQueueWithoutAPolicyNamesNone() throws IOException {
        assertThat(target(FakeAws.Answer.ok("{}"))).isEmpty();
    }

    @Test
    void aRefusalLeavesTheChoiceOpen() throws IOException {
        assertThat(target(FakeAws.Answer.refused("AccessDenied", "no"))).isEmpty();
    }
}
