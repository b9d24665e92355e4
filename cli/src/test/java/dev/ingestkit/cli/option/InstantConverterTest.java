package dev.ingestkit.cli.option;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.TypeConversionException;

final class InstantConverterTest {

    private final InstantConverter converter =
            new InstantConverter(Clock.fixed(Instant.parse("2026-03-01T12:00:00Z"), ZoneId.of("+02:00")));

    @ParameterizedTest
    @CsvSource({
        "now, 2026-03-01T12:00:00Z",
        "5m, 2026-03-01T11:55:00Z",
        "2d, 2026-02-27T12:00:00Z",
        "today, 2026-02-28T22:00:00Z",
        "yesterday, 2026-02-27T22:00:00Z",
        "2026-01-31, 2026-01-30T22:00:00Z",
        "2026-01-31T12:00:00, 2026-01-31T10:00:00Z",
        "2026-01-31T12:00:00Z, 2026-01-31T12:00:00Z",
        "2026-01-31T12:00:00-05:00, 2026-01-31T17:00:00Z"
    })
    void readsCommonForms(String text, Instant instant) {
        assertThat(converter.convert(text)).isEqualTo(instant);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "tomorrow", "2026-13-01", "2026-01-31T25:00:00Z", "5x"})
    void rejectsOtherForms(String text) {
        assertThatThrownBy(() -> converter.convert(text))
                .isInstanceOf(TypeConversionException.class)
                .hasMessageContaining("'" + text + "'");
    }
}
