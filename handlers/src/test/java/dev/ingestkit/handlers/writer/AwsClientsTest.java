package dev.ingestkit.handlers.writer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

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
}
