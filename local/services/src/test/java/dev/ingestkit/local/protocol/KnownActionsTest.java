package dev.ingestkit.local.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.core.SdkRequest;

/** Compares the list of AWS's actions with the clients of AWS's SDK. */
final class KnownActionsTest {

    @ParameterizedTest
    @CsvSource({
        "kinesis, kinesis.Kinesis",
        "sqs, sqs.Sqs",
        "secretsmanager, secretsmanager.SecretsManager",
        "dynamodb, dynamodb.DynamoDb",
        "dynamodbstreams, dynamodb.streams.DynamoDbStreams",
        "s3, s3.S3",
    })
    void everyActionOfTheSdkIsKnown(String service, String client) throws ClassNotFoundException {
        Class<?> type = Class.forName("software.amazon.awssdk.services." + client + "AsyncClient");

        assertThat(KnownActions.of(service)).containsAll(actions(type));
    }

    private static Set<String> actions(Class<?> client) {
        return Arrays.stream(client.getMethods())
                .flatMap(method -> Arrays.stream(method.getParameterTypes()))
                .filter(SdkRequest.class::isAssignableFrom)
                .map(request -> request.getSimpleName().replaceFirst("Request$", ""))
                .collect(Collectors.toSet());
    }
}
