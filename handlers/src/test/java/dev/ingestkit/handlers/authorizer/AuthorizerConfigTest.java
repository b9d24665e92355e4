package dev.ingestkit.handlers.authorizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class AuthorizerConfigTest {

    @Test
    void unsetValuesHaveDefaults() {
        assertThat(AuthorizerConfig.from(Map.of("SECRET_ARN", "arn:secret")))
                .isEqualTo(new AuthorizerConfig(
                        "arn:secret", "submit", Duration.ofMinutes(5), Duration.ofSeconds(10), Duration.ofHours(1)));
    }

    @Test
    void everyValueIsRead() {
        Map<String, String> environment = Map.of(
                "SECRET_ARN", "name",
                "REALM", "events",
                "SECRET_TTL_SECONDS", "60",
                "SECRET_REFRESH_SECONDS", "5",
                "PREVIOUS_GRACE_SECONDS", "0");

        assertThat(AuthorizerConfig.from(environment))
                .isEqualTo(new AuthorizerConfig(
                        "name", "events", Duration.ofMinutes(1), Duration.ofSeconds(5), Duration.ZERO));
    }

    @Test
    void missingSecretIsRefused() {
        assertThatIllegalStateException()
                .isThrownBy(() -> AuthorizerConfig.from(Map.of()))
                .withMessageContaining("SECRET_ARN");
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "1.5", "soon", "31536001", "99999999999999999999"})
    void invalidDurationIsRefusedByNameAndValue(String value) {
        assertThatIllegalStateException()
                .isThrownBy(() -> AuthorizerConfig.from(Map.of("SECRET_ARN", "a", "SECRET_TTL_SECONDS", value)))
                .withMessageContaining("SECRET_TTL_SECONDS")
                .withMessageContaining("'" + value + "'");
    }
}
