package dev.ingestkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ConfirmedAccountTest {

    private final AtomicInteger asked = new AtomicInteger();

    private String actual() {
        asked.incrementAndGet();
        return "111122223333";
    }

    @Test
    void withoutANamedAccountTheCredentialsAreNotChecked() {
        assertThatThrownBy(() -> ConfirmedAccount.require(Optional.empty(), this::actual))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("-Daws.account");
        assertThat(asked).hasValue(0);
    }

    @ParameterizedTest
    @ValueSource(strings = {" ", "production", "1111-2222-3333", "11112222333"})
    void aMalformedAccountIsRefused(String named) {
        assertThatThrownBy(() -> ConfirmedAccount.require(Optional.of(named), this::actual))
                .isInstanceOf(IllegalStateException.class);
        assertThat(asked).hasValue(0);
    }

    @Test
    void credentialsOfAnotherAccountAreRefused() {
        assertThatThrownBy(() -> ConfirmedAccount.require(Optional.of("444455556666"), this::actual))
                .hasMessageContaining("111122223333")
                .hasMessageContaining("444455556666");
    }

    @Test
    void theNamedAccountIsAccepted() {
        ConfirmedAccount.require(Optional.of("111122223333"), this::actual);

        assertThat(asked).hasValue(1);
    }
}
