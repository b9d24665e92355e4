package dev.ingestkit.cli.aws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ingestkit.cli.FakeAws;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The queues that other queues' redrive policies name. */
final class RedrivePoliciesTest {

    private static final String URL = "/000000000000/orders";

    private static List<String> targets(FakeAws.Answer answer) throws IOException {
        try (FakeAws aws = new FakeAws()) {
            aws.on("GetQueueAttributes", answer);
            try (AwsClients clients = aws.clients()) {
                return List.copyOf(new RedrivePolicies(clients.sqs()).targets(List.of(aws.endpoint() + URL)));
            }
        }
    }

    @Test
    void aPolicyNamesTheQueueForFailures() throws IOException {
        assertThat(targets(FakeAws.Answer.ok("""
                        {"Attributes":{"RedrivePolicy":
                         "{\\"deadLetterTargetArn\\":\\"arn:aws:sqs:us-east-1:000000000000:failed\\",\\"maxReceiveCount\\":2}"}}
                        """))).containsExactly("failed");
    }

    @Test
    void aQueueWithoutAPolicyNamesNone() throws IOException {
        assertThat(targets(FakeAws.Answer.ok("{}"))).isEmpty();
    }

    @Test
    void aRefusalLeavesTheChoiceOpen() throws IOException {
        assertThat(targets(FakeAws.Answer.refused("AccessDenied", "no"))).isEmpty();
    }
}
