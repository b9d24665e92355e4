package dev.ingestkit.cli.send;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ingestkit.cli.output.CliException;
import dev.ingestkit.cli.output.ExitCode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonValuesTest {

    @Test
    void aMultilineObjectIsOneEventByteForByte() throws IOException {
        String pretty = "{\n  \"a\" : 1.0,\n  \"b\": \"}\\\"{\" }";

        assertThat(values(" \n" + pretty + "\n")).containsExactly(pretty);
    }

    @Test
    void eachLineIsAnEvent() throws IOException {
        assertThat(values("{\"a\":1}\r\n\n{\"b\":[1,2]}\n7\n\"x\""))
                .containsExactly("{\"a\":1}", "{\"b\":[1,2]}", "7", "\"x\"");
    }

    @Test
    void eachArrayElementIsAnEvent() throws IOException {
        assertThat(values("[ {\"a\":[1]} , 2,\"]\" ]\n")).containsExactly("{\"a\":[1]}", "2", "\"]\"");
    }

    @Test
    void emptyInputsContainNoEvents() throws IOException {
        assertThat(values("")).isEmpty();
        assertThat(values(" \n")).isEmpty();
        assertThat(values("[]")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"a\":1", "[1,2", "[1 2]", "[1] 2", "\"open", "}", "[1,]"})
    void malformedInputIsRejectedWithItsPosition(String broken) {
        assertThatThrownBy(() -> values(broken))
                .isInstanceOfSatisfying(
                        CliException.class,
                        refused -> assertThat(refused.exit()).isEqualTo(ExitCode.USAGE))
                .hasMessageContaining("test is not valid JSON at byte");
    }

    @Test
    void aLineThatIsNotJsonIsOneEvent() throws IOException {
        assertThat(values("{\"a\":1}\nnot json, is it\n{\"b\":2}"))
                .containsExactly("{\"a\":1}", "not json, is it", "{\"b\":2}");
        assertThat(values("1 true null -2.5e3")).containsExactly("1", "true", "null", "-2.5e3");
        assertThat(values("not json")).containsExactly("not json");
    }

    @Test
    void aValueIsAvailableBeforeTheStreamEnds() throws IOException {
        byte[] first = "{\"a\":1}\n".getBytes(StandardCharsets.UTF_8);
        InputStream endless = new InputStream() {
            private int index;

            @Override
            public int read() {
                if (index == first.length) {
                    throw new AssertionError("read beyond the first value");
                }
                return first[index++];
            }

            @Override
            public int read(byte[] into, int offset, int length) {
                into[offset] = (byte) read();
                return 1;
            }
        };

        assertThat(new JsonValues(endless, "test").next())
                .hasValueSatisfying(value -> assertThat(value).isEqualTo("{\"a\":1}".getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void joinedValuesAreSplitAgain() throws IOException {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        for (int round = 0; round < 200; round++) {
            List<String> values = new ArrayList<>();
            for (int count = random.nextInt(6); count > 0; count--) {
                values.add(value(random, 3));
            }
            assertThat(values(String.join("\n", values).replaceFirst("^\\[", "{\"guard\":0}\n[")))
                    .as("lines, seed %d", seed)
                    .endsWith(values.toArray(String[]::new));
            assertThat(values("[" + String.join(" ,\n", values) + "]"))
                    .as("array, seed %d", seed)
                    .isEqualTo(values);
        }
    }

    private static String value(Random random, int depth) {
        return switch (random.nextInt(depth == 0 ? 3 : 5)) {
            case 0 -> Integer.toString(random.nextInt());
            case 1 -> "\"{[,]}é😀" + random.nextInt(9) + "\\\"\\\\\"";
            case 2 -> random.nextBoolean() ? "true" : "null";
            case 3 -> "[" + value(random, depth - 1) + ", " + value(random, depth - 1) + "]";
            default -> "{ \"k\" :" + value(random, depth - 1) + "}";
        };
    }

    private static List<String> values(String text) throws IOException {
        PayloadSource source = new JsonValues(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), "test");
        List<String> values = new ArrayList<>();
        for (Optional<byte[]> next = source.next(); next.isPresent(); next = source.next()) {
            values.add(new String(next.get(), StandardCharsets.UTF_8));
        }
        return values;
    }
}
