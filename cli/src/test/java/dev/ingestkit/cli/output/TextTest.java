package dev.ingestkit.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TextTest {

    @ParameterizedTest
    @ValueSource(
            strings = {"\033[2J", "\u009b31m", "\u0007", "a\u202eb", "\u2066x", "\u007f", "\u2028", "\033]0;title\u0007"
            })
    void noControlCharacterOfAPayloadReachesTheScreen(String hostile) {
        String shown = Text.safe(hostile);

        assertThat(shown.codePoints()).noneMatch(Character::isISOControl);
        assertThat(shown).contains("\uFFFD").doesNotContain("\u202e", "\u2066", "\u2028");
    }

    @Test
    void lineEndsAndTabsBecomeBlanks() {
        assertThat(Text.safe("a\r\nb\tc")).isEqualTo("a  b c");
    }

    @Test
    void countsColumnsAsATerminalDoes() {
        assertThat(Text.width("abc")).isEqualTo(3);
        assertThat(Text.width("東京")).isEqualTo(4);
        assertThat(Text.width("e\u0301")).isEqualTo(1);
        assertThat(Text.width("🚚")).isEqualTo(2);
    }

    @Test
    void cutsAtTheWidthWithAMark() {
        assertThat(Text.cut("abcdef", 6, true)).isEqualTo("abcdef");
        assertThat(Text.cut("abcdefg", 6, true)).isEqualTo("abcde…");
        assertThat(Text.cut("abcdefg", 6, false)).isEqualTo("abcde~");
        assertThat(Text.cut("東京都庁", 6, true)).isEqualTo("東京…");
    }

    @RepeatedTest(20)
    void aCutTextNeverExceedsItsColumns(RepetitionInfo repetition) {
        long seed = repetition.getCurrentRepetition();
        Random random = new Random(seed);
        for (int round = 0; round < 200; round++) {
            StringBuilder text = new StringBuilder();
            for (int sign = 0; sign < random.nextInt(30); sign++) {
                text.appendCodePoint(random.nextBoolean() ? 'a' + random.nextInt(26) : 0x4E00 + random.nextInt(200));
            }
            int columns = 1 + random.nextInt(20);

            assertThat(Text.width(Text.cut(text.toString(), columns, true)))
                    .as("seed %d, '%s' cut to %d", seed, text, columns)
                    .isLessThanOrEqualTo(columns);
        }
    }

    @Test
    void textForATerminalKeepsItsLinesAndEscapesTheRest() {
        String hostile = "a\n\tb\u001b[2J\u009b1m\u202e\u200f\r\u007f";

        assertThat(Text.forScreen(hostile, true)).isEqualTo("a\n\tb\\u001B[2J\\u009B1m\\u202E\\u200F\\u000D\\u007F");
        assertThat(Text.forScreen(hostile, false)).isEqualTo("a\n\tb\uFFFD[2J\uFFFD1m\uFFFD\uFFFD\uFFFD\uFFFD");
    }

    @Test
    void aCallOfTheToolStaysOnOneLine() {
        assertThat(Text.wrapped("the new code does not load: ./ingest-cli logs --errors, then build", 30, "  "))
                .isEqualTo("the new code does not load:\n  ./ingest-cli logs --errors,\n  then build");
    }

    @RepeatedTest(20)
    void wrappedTextFitsWithNothingCut(RepetitionInfo repetition) {
        long seed = repetition.getCurrentRepetition();
        Random random = new Random(seed);
        for (int round = 0; round < 200; round++) {
            StringBuilder text = new StringBuilder();
            for (int word = 0; word < 1 + random.nextInt(20); word++) {
                text.append(word == 0 ? "" : " ").append("東a".repeat(1 + random.nextInt(4)));
            }
            int columns = 16 + random.nextInt(60);
            String wrapped = Text.wrapped(text.toString(), columns, "  ");

            assertThat(wrapped.lines())
                    .as("seed %d, '%s' wrapped at %d", seed, text, columns)
                    .allMatch(line -> Text.width(line) <= columns);
            assertThat(wrapped.replace("\n  ", " ")).isEqualTo(text.toString());
        }
    }
}
