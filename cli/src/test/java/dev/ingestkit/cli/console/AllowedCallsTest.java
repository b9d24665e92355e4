package dev.ingestkit.cli.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ingestkit.local.http.HttpRequest;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class AllowedCallsTest {

    private static HttpRequest call(String path, String target) {
        Map<String, List<String>> headers = target.isEmpty() ? Map.of() : Map.of("x-amz-target", List.of(target));
        return new HttpRequest("POST", path, "", headers, new byte[0], "127.0.0.1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "DynamoDB_20120810.PutItem",
                "Kinesis_20131202.SplitShard",
                "AmazonSQS.PurgeQueue",
                "AmazonSQS.DeleteMessage"
            })
    void changesNeedPermission(String target) {
        assertThat(new AllowedCalls(false).refusal(call("/", target)))
                .hasValueSatisfying(
                        reason -> assertThat(reason).contains("--write").contains(target));
        assertThat(new AllowedCalls(true).refusal(call("/", target))).isEmpty();
    }

    @Test
    void invocationsAreChanges() {
        HttpRequest invoke = call("/2015-03-31/functions/writer/invocations", "");

        assertThat(new AllowedCalls(false).refusal(invoke)).isPresent();
        assertThat(new AllowedCalls(true).refusal(invoke)).isEmpty();
        assertThat(AllowedCalls.service(invoke)).isEqualTo("lambda");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "secretsmanager.GetSecretValue",
                "DynamoDB_20120810.DeleteTable",
                "Kinesis_20131202.DeleteStream",
                ""
            })
    void otherCallsAreAlwaysRefused(String target) {
        assertThat(new AllowedCalls(true).refusal(call("/", target))).isPresent();
    }

    @ParameterizedTest
    @CsvSource({"DynamoDB_20120810.Scan, dynamodb", "AmazonSQS.GetQueueUrl, sqs"})
    void readsAreAllowed(String target, String service) {
        HttpRequest read = call("/", target);

        assertThat(new AllowedCalls(false).refusal(read)).isEqualTo(Optional.empty());
        assertThat(AllowedCalls.service(read)).isEqualTo(service);
    }
}
