package dev.ingestkit.cli.send;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ingestkit.cli.output.CliException;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class TemplateTest {

    private static final Instant NOW = Instant.parse("2026-01-31T12:00:00Z");

    private static String fill(String template, long number, @Nullable Long seed) {
        return Template.parse(template).fill(new Chance(Clock.fixed(NOW, ZoneOffset.UTC), seed).event(number));
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "{n}, 7",
                "{n:4}, 0007",
                "{time}, 2026-01-31T12:00:00Z",
                "{time:-5m}, 2026-01-31T11:55:00Z",
                "{time:+2d}, 2026-02-02T12:00:00Z",
                "{time:s}, 1769860800",
                "{time:ms}, 1769860800000",
                "{int:5-5}, 5",
                "{int:-3--3}, -3",
                "{amount:5-5}, 5.00",
                "{bool:0}, false",
                "{bool:1}, true",
                "{choice:only}, only",
                "a-{n}-b-{n}, a-7-b-7"
            })
    void fillsInPlaceholders(String template, String text) {
        assertThat(fill(template, 7, null)).isEqualTo(text);
    }

    @Test
    void drawsFromTheWholeRange() {
        for (long number = 1; number <= 500; number++) {
            assertThat(Integer.parseInt(fill("{int:1-3}", number, 1L))).isBetween(1, 3);
            assertThat(new BigDecimal(fill("{amount:0-2}", number, 1L)))
                    .isBetween(BigDecimal.ZERO, BigDecimal.valueOf(2))
                    .hasScaleOf(2);
            assertThat(fill("{hex:9}", number, 1L)).matches("[0-9a-f]{9}");
            assertThat(fill("{choice:a||b}", number, 1L)).matches("a?b?");
        }
    }

    @Test
    void theSameSeedGivesTheSameEventInAnyOrder() {
        String template = "{uuid} {time} {random} {hex:8} {name} {email} {city} {bool} {letters:5}";
        Chance one = new Chance(Clock.systemUTC(), 7L);
        Chance other = new Chance(Clock.systemUTC(), 7L);
        one.event(1).uuid();

        assertThat(Template.parse(template).fill(one.event(3)))
                .isEqualTo(Template.parse(template).fill(other.event(3)))
                .isNotEqualTo(fill(template, 4, 7L))
                .isNotEqualTo(fill(template, 3, 8L));
    }

    @Test
    void neighboringSeedsShareNothing() {
        for (long seed = 1; seed <= 20; seed++) {
            String digits = fill("{hex:16}", 5, seed);
            String next = fill("{hex:16}", 6, seed);
            for (int from = 0; from + 6 <= digits.length(); from++) {
                assertThat(next).as("seed " + seed).doesNotContain(digits.substring(from, from + 6));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"a\":{\"n\":1}}", "{other}", "{n", "n}", "{N}", "{ n }", "{}", "{int :1-2}", ""})
    void leavesOtherTextInBracesUnchanged(String text) {
        assertThat(fill(text, 7, null)).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{int}",
                "{int:5-1}",
                "{int:x}",
                "{amount:1}",
                "{hex}",
                "{hex:0}",
                "{letters:99999999}",
                "{choice}",
                "{uuid:4}",
                "{time:soon}",
                "{bool:2}",
                "{n:99}",
                "{name:x}"
            })
    void rejectsAnInvalidArgumentByName(String template) {
        assertThatThrownBy(() -> Template.parse("text " + template))
                .isInstanceOf(CliException.class)
                .hasMessageContaining("'" + template + "'");
    }

    @ParameterizedTest
    @EnumSource(Placeholder.class)
    void theHelpPageListsEachPlaceholder(Placeholder placeholder) throws IOException {
        try (InputStream page = Objects.requireNonNull(
                TemplateTest.class.getResourceAsStream("/dev/ingestkit/cli/help/templates.txt"))) {
            assertThat(new String(page.readAllBytes(), StandardCharsets.UTF_8))
                    .containsPattern("(?m)^  .*\\{" + placeholder.word() + "[:}]");
        }
    }
}
