package dev.ingestkit.handlers.writer;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.retries.StandardRetryStrategy;
import software.amazon.awssdk.retries.api.AcquireInitialTokenRequest;
import software.amazon.awssdk.retries.api.RefreshRetryTokenRequest;
import software.amazon.awssdk.retries.api.RefreshRetryTokenResponse;
import software.amazon.awssdk.retries.api.RetryToken;
import software.amazon.awssdk.retries.api.TokenAcquisitionFailedException;
import software.amazon.awssdk.services.dynamodb.model.InternalServerErrorException;
import software.amazon.awssdk.services.dynamodb.model.ProvisionedThroughputExceededException;

final class AwsClientsTest {

    private static final String OWN = "AWS_ENDPOINT_URL_DYNAMODB";
    private static final String ALL = "AWS_ENDPOINT_URL";

    @Test
    void onlyHttpEndpointsArePlain() {
        assertThat(AwsClients.isPlain(Map.of(), OWN)).isFalse();
        assertThat(AwsClients.isPlain(Map.of(ALL, "https://vpce.example"), OWN)).isFalse();
        assertThat(AwsClients.isPlain(Map.of(ALL, "http://localhost:4566"), OWN))
                .isTrue();
        assertThat(AwsClients.isPlain(Map.of(ALL, "HTTP://localhost:4566"), OWN))
                .isTrue();
    }

    @Test
    void serviceEndpointTakesPrecedence() {
        assertThat(AwsClients.isPlain(Map.of(ALL, "http://localhost:4566", OWN, "https://vpce.example"), OWN))
                .isFalse();
        assertThat(AwsClients.isPlain(Map.of(ALL, "https://vpce.example", OWN, "http://localhost:8000"), OWN))
                .isTrue();
    }

    @Test
    void throttledCallsWaitLongEnoughForCapacityAndLessThanTheirTimeout() {
        List<Duration> waits = waits(AwsClients.retries(), throttled());

        assertThat(waits).hasSize(2);
        assertThat(waits.get(0)).isBetween(Duration.ZERO, Duration.ofSeconds(1));
        assertThat(waits.get(1)).isBetween(Duration.ZERO, Duration.ofSeconds(2));
    }

    @Test
    void failedCallsAreRepeatedAlmostAtOnce() {
        List<Duration> waits = waits(AwsClients.retries(), failed());

        assertThat(waits).hasSize(2).allMatch(wait -> wait.compareTo(Duration.ofMillis(50)) <= 0);
    }

    @Test
    void retriesStopWhenEveryCallFails() {
        StandardRetryStrategy retries = AwsClients.retries();
        int repeated = 0;
        List<Duration> waits = waits(retries, failed());
        while (!waits.isEmpty() && repeated <= 1_000) {
            repeated += waits.size();
            waits = waits(retries, failed());
        }

        assertThat(repeated).isBetween(1, 500);
    }

    private static SdkException throttled() {
        return ProvisionedThroughputExceededException.builder()
                .statusCode(400)
                .awsErrorDetails(code("ProvisionedThroughputExceededException"))
                .build();
    }

    private static SdkException failed() {
        return InternalServerErrorException.builder()
                .statusCode(500)
                .awsErrorDetails(code("InternalServerError"))
                .build();
    }

    private static AwsErrorDetails code(String code) {
        return AwsErrorDetails.builder().errorCode(code).build();
    }

    /** Returns the waits of one call that fails at each attempt. */
    private static List<Duration> waits(StandardRetryStrategy retries, SdkException failure) {
        List<Duration> waits = new ArrayList<>();
        RetryToken token = retries.acquireInitialToken(AcquireInitialTokenRequest.create("test"))
                .token();
        try {
            while (true) {
                RefreshRetryTokenResponse next = retries.refreshRetryToken(RefreshRetryTokenRequest.builder()
                        .token(token)
                        .failure(failure)
                        .build());
                waits.add(next.delay());
                token = next.token();
            }
        } catch (TokenAcquisitionFailedException exhausted) {
            return waits;
        }
    }
}
