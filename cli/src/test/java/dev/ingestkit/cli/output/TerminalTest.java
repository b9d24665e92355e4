package dev.ingestkit.cli.output;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class TerminalTest {

    @Test
    void determinesEachStreamSeparately() {
        Terminal terminal = Terminal.of(Map.of("INGEST_TTY", "011"), UTF_8);

        assertThat(terminal.stdin()).isFalse();
        assertThat(terminal.stdout()).isTrue();
        assertThat(terminal.stderr()).isTrue();
    }

    @Test
    void assumesNoTerminalWithoutTheLauncher() {
        assertThat(Terminal.of(Map.of(), UTF_8)).isEqualTo(Terminal.none());
    }

    @ParameterizedTest
    @CsvSource({
        "NO_COLOR, 1, false",
        "NO_COLOR, '', true",
        "CLICOLOR, 0, false",
        "TERM, dumb, false",
        "CLICOLOR_FORCE, 0, true",
        "LANG, C, true"
    })
    void colorsATerminalUnlessDisabled(String name, String value, boolean color) {
        assertThat(Terminal.of(Map.of("INGEST_TTY", "111", name, value), UTF_8).color())
                .isEqualTo(color);
    }

    @Test
    void colorsAPipeOnlyWhenForced() {
        assertThat(Terminal.of(Map.of("INGEST_TTY", "000"), UTF_8).color()).isFalse();
        assertThat(Terminal.of(Map.of("CLICOLOR_FORCE", "1"), UTF_8).color()).isTrue();
    }

    @Test
    void readsTheWidthAndIgnoresNonsense() {
        assertThat(Terminal.of(Map.of("COLUMNS", "72"), UTF_8).width()).isEqualTo(72);
        assertThat(Terminal.of(Map.of("COLUMNS", "-3"), UTF_8).width())
                .isEqualTo(Terminal.none().width());
    }

    @Test
    void printsUnicodeOnlyIfTheLocaleSupportsIt() {
        assertThat(Terminal.of(Map.of(), UTF_8).unicode()).isTrue();
        assertThat(Terminal.of(Map.of(), US_ASCII).unicode()).isFalse();
    }
}
