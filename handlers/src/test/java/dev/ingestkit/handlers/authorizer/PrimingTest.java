package dev.ingestkit.handlers.authorizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import org.junit.jupiter.api.Test;

final class PrimingTest extends AuthorizerFixture {

    @Test
    void primedFunctionAnswersItsFirstRequestFromTheCache() throws IOException {
        authorizer.prime(false);
        secrets.failAll(DOWN);

        assertThat(authorize(authorizer, event(basic("writer", "s3cret:with:colons"))))
                .isNotNull();
    }

    @Test
    void snapshotHoldsNoSecret() {
        authorizer.prime(true);
        secrets.failAll(DOWN);

        assertThatExceptionOfType(SecretUnavailableException.class)
                .isThrownBy(() -> authorize(authorizer, event(basic("writer", "s3cret:with:colons"))));
    }

    @Test
    void primingThatFailsLeavesTheDecisionToTheFirstRequest() throws IOException {
        secrets.failAll(DOWN);
        authorizer.prime(false);
        secrets.recover();

        assertThat(authorize(authorizer, event(basic("writer", "s3cret:with:colons"))))
                .isNotNull();
    }

    @Test
    void primingAsksForTheCurrentSecretOnce() {
        secrets.put("AWSCURRENT", "writer", "s3cret", START);

        authorizer.prime(true);

        assertThat(secrets.calls()).hasSize(1);
        assertThat(context.log()).isEmpty();
    }

    @Test
    void functionFromASnapshotAsksForTheSecretAgain() throws IOException {
        authorizer.prime(true);
        secrets.rotate("writer", "fresh", LONG_AGO);

        assertUnauthorized(event(basic("writer", "s3cret:with:colons")));
        assertThat(authorize(authorizer, event(basic("writer", "fresh")))).isNotNull();
    }
}
