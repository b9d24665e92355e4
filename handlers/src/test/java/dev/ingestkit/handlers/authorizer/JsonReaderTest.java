package dev.ingestkit.handlers.authorizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class JsonReaderTest {

    private static final ObjectMapper JACKSON = new ObjectMapper()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    @Test
    void readsTheOutputOfJackson() throws Exception {
        long seed = new Random().nextLong();
        RandomGenerator random = new Random(seed);
        for (int round = 0; round < 2_000; round++) {
            Object value = value(random, 0);
            String text = random.nextBoolean()
                    ? JACKSON.writeValueAsString(value)
                    : JACKSON.writerWithDefaultPrettyPrinter().writeValueAsString(value);

            assertThat(new JsonReader(text).read())
                    .as("seed %d, round %d: %s", seed, round, text)
                    .isEqualTo(value);
        }
    }

    @Test
    void acceptsAndRefusesDamagedTextAsJacksonDoes() {
        long seed = new Random().nextLong();
        RandomGenerator random = new Random(seed);
        String alphabet = "{}[]\":,\\/bfnrtu0123456789abcdefAE+-. \t\n\u0001é";
        for (int round = 0; round < 20_000; round++) {
            StringBuilder text = new StringBuilder("{\"a\":[1,-2.5e3,\"x\\u0041\\n\"],\"b\":{\"c\":null},\"d\":true}");
            for (int edits = 1 + random.nextInt(3); edits > 0; edits--) {
                int at = random.nextInt(text.length());
                text.setCharAt(at, alphabet.charAt(random.nextInt(alphabet.length())));
            }

            assertThat(accepts(text.toString()))
                    .as("seed %d, round %d: %s", seed, round, text)
                    .isEqualTo(jacksonAccepts(text.toString()));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", " ", "{", "[1,]", "{\"a\"}", "{a:1}", "01", "1.", ".5", "-", "1e", "nul", "'a'", "\"a", "1 2"
            })
    void refusesInvalidJson(String text) {
        assertThatExceptionOfType(JsonSyntaxException.class).isThrownBy(() -> new JsonReader(text).read());
    }

    @Test
    void refusesExcessiveNestingAndNumbers() {
        assertThat(new JsonReader("[".repeat(64) + "]".repeat(64)).read()).isInstanceOf(List.class);
        assertThatExceptionOfType(JsonSyntaxException.class)
                .isThrownBy(() -> new JsonReader("[".repeat(65) + "]".repeat(65)).read())
                .withMessageContaining("deeper than 64");
        assertThatExceptionOfType(JsonSyntaxException.class).isThrownBy(() -> new JsonReader("1".repeat(65)).read());
        assertThatExceptionOfType(JsonSyntaxException.class).isThrownBy(() -> new JsonReader("1e99999999999").read());
    }

    @Test
    void quotedTextRoundTrips() {
        String text = "a\"b\\c/\b\f\n\r\t\u0000\u001f é € 𝄞 \ud800 end";

        assertThat(new JsonReader(JsonText.quote(text)).read()).isEqualTo(text);
    }

    private static boolean accepts(String text) {
        try {
            new JsonReader(text).read();
            return true;
        } catch (JsonSyntaxException refused) {
            return false;
        }
    }

    private static boolean jacksonAccepts(String text) {
        try {
            JACKSON.readTree(text);
            return true;
        } catch (com.fasterxml.jackson.core.JsonProcessingException refused) {
            return false;
        }
    }

    private static @Nullable Object value(RandomGenerator random, int depth) {
        return switch (random.nextInt(depth > 5 ? 5 : 7)) {
            case 0 -> null;
            case 1 -> random.nextBoolean();
            case 2 -> BigDecimal.valueOf(random.nextLong(), random.nextInt(20));
            case 3 -> BigDecimal.valueOf(random.nextInt());
            case 4 -> text(random);
            case 5 -> list(random, depth);
            default -> map(random, depth);
        };
    }

    private static List<@Nullable Object> list(RandomGenerator random, int depth) {
        List<@Nullable Object> list = new ArrayList<>();
        for (int count = random.nextInt(4); count > 0; count--) {
            list.add(value(random, depth + 1));
        }
        return list;
    }

    private static Map<String, @Nullable Object> map(RandomGenerator random, int depth) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        for (int count = random.nextInt(4); count > 0; count--) {
            map.put(text(random), value(random, depth + 1));
        }
        return map;
    }

    private static String text(RandomGenerator random) {
        StringBuilder text = new StringBuilder();
        for (int count = random.nextInt(12); count > 0; count--) {
            int[] codePoints = {random.nextInt(0x20), 0x20 + random.nextInt(0x60), 0x20AC, 0x1D11E, '"', '\\', '/'};
            text.appendCodePoint(codePoints[random.nextInt(codePoints.length)]);
        }
        return text.toString();
    }
}
