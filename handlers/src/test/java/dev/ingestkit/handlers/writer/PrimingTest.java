package dev.ingestkit.handlers.writer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

final class PrimingTest {

    @ParameterizedTest
    @ValueSource(strings = {"replace", "keep", "reject"})
    void sampleRecordsAreProcessedLikeStoredOnes(String policy) {
        WriterConfig config = WriterConfig.from(
                Map.of("TABLE_NAME", "table", "DLQ_URL", "http://localhost/queue", "CONFLICT_POLICY", policy));
        try (DynamoDbClient client = DynamoDbClient.builder()
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("id", "key")))
                .httpClient(new Priming.AnswersFromMemory())
                .build()) {
            assertThat(Priming.store(client, config).kind()).isEqualTo(Outcome.Kind.STORED);
            assertThat(Priming.insert(client, config))
                    .extracting(WriteResult::kind)
                    .containsExactly(WriteResult.Kind.WRITTEN, WriteResult.Kind.WRITTEN);
        }
    }
}
