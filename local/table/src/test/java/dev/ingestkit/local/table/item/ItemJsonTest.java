package dev.ingestkit.local.table.item;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ingestkit.local.table.error.TableException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ItemJsonTest {

    @Test
    void itemsSurviveJsonInBothDirections() {
        Random random = new Random(4);
        for (int i = 0; i < 3_000; i++) {
            ValueWriter writer = new ValueWriter(64);
            randomMap(writer, random, 3);
            Item item = writer.toItem();
            assertThat(ItemJson.item(item.toString())).isEqualTo(item).hasSameHashCodeAs(item);
            assertThat(Item.decode(item.encoded())).isEqualTo(item);
        }
    }

    private static void randomMap(ValueWriter writer, Random random, int depth) {
        writer.startMap();
        for (int i = random.nextInt(6); i > 0; i--) {
            writer.name(text(random));
            randomValue(writer, random, depth);
        }
        writer.endMap();
    }

    private static void randomValue(ValueWriter writer, Random random, int depth) {
        switch (random.nextInt(depth > 0 ? 8 : 5)) {
            case 0 -> writer.string(text(random));
            case 1 -> writer.number(DynamoNumber.of(random.nextLong()));
            case 2 -> {
                byte[] bytes = text(random).getBytes(StandardCharsets.UTF_8);
                writer.binary(bytes, 0, bytes.length);
            }
            case 3 -> writer.bool(random.nextBoolean());
            case 4 -> writer.nul();
            case 5 -> randomMap(writer, random, depth - 1);
            case 6 -> {
                writer.startList();
                for (int i = random.nextInt(4); i > 0; i--) {
                    randomValue(writer, random, depth - 1);
                }
                writer.endList();
            }
            default -> {
                writer.startSet(ValueType.SS);
                for (int i = random.nextInt(4); i >= 0; i--) {
                    writer.string(text(random));
                }
                writer.endSet();
            }
        }
    }

    private static String text(Random random) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(random.nextInt(10) == 0 ? 300 : 8); i > 0; i--) {
            text.appendCodePoint(random.nextInt(8) == 0 ? 0x1f600 + random.nextInt(40) : 1 + random.nextInt(300));
        }
        return text.toString();
    }

    @Test
    void equalityIgnoresTheOrderOfNamesAndSetElements() {
        List<String> names = new ArrayList<>(List.of("b", "a", "ab", "ä", "z", ""));
        Random random = new Random(5);
        Item first = null;
        for (int i = 0; i < 50; i++) {
            Collections.shuffle(names, random);
            ValueWriter writer = new ValueWriter(16);
            writer.startMap();
            for (String name : names) {
                writer.name(name);
                writer.startSet(ValueType.NS);
                names.forEach(element -> writer.number(DynamoNumber.of(element.hashCode())));
                writer.endSet();
            }
            writer.endMap();
            Item item = writer.toItem();
            first = first == null ? item : first;
            assertThat(item).isEqualTo(first);
            assertThat(item.get("ä")).isNotNull();
            assertThat(item.get("á")).isNull();
            assertThat(item.count()).isEqualTo(names.size());
        }
    }

    @Test
    void theLastOfEqualNamesStays() {
        assertThat(ItemJson.item("{\"a\":{\"S\":\"1\"},\"b\":{\"S\":\"2\"},\"a\":{\"S\":\"3\"}}"))
                .isEqualTo(ItemJson.item("{\"b\":{\"S\":\"2\"},\"a\":{\"S\":\"3\"}}"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"a\":{\"S\":\"\"}} | 1",
                "{\"abc\":{\"S\":\"ä\"}} | 5",
                "{\"a\":{\"N\":\"-1.5\"}} | 5",
                "{\"a\":{\"B\":\"YWI=\"}} | 3",
                "{\"a\":{\"BOOL\":false}} | 2",
                "{\"a\":{\"NULL\":true}} | 2",
                "{\"a\":{\"L\":[]}} | 4",
                "{\"a\":{\"L\":[{\"S\":\"x\"},{\"N\":\"1\"}]}} | 9",
                "{\"a\":{\"M\":{}}} | 4",
                "{\"a\":{\"M\":{\"bc\":{\"S\":\"x\"}}}} | 8",
                "{\"a\":{\"SS\":[\"x\",\"yz\"]}} | 4",
                "{\"a\":{\"NS\":[\"1\",\"22\"]},\"b\":{\"BS\":[\"YWI=\"]}} | 8",
            })
    void sizesAreThoseOfDynamo(String json, int size) {
        assertThat(ItemJson.item(json).size()).isEqualTo(size);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"a\":{}} | Supplied AttributeValue is empty, must contain exactly one of the supported datatypes",
                "{\"a\":{\"S\":\"x\",\"N\":\"1\"}} | Supplied AttributeValue has more than one datatypes set, must"
                        + " contain exactly one of the supported datatypes",
                "{\"a\":{\"NULL\":false}} | One or more parameter values were invalid: Null attribute value types must"
                        + " have the value of true",
                "{\"a\":{\"SS\":[]}} | One or more parameter values were invalid: An string set  may not be empty",
                "{\"a\":{\"SS\":[\"x\",\"x\"]}} | One or more parameter values were invalid: Input collection [x, x]"
                        + " contains duplicates.",
                "{\"a\":{\"NS\":[\"1\",\"1.0\"]}} | Input collection contains duplicates",
                "{\"a\":{\"N\":\"x\"}} | The parameter cannot be converted to a numeric value: x",
                "{\"a\":\"x\"} | Unexpected value type in payload",
                "{\"a\":{\"S\":1}} | NUMBER_VALUE cannot be converted to String",
                "{\"a\":{\"B\":\"YW=\"}} | Base64 encoded length is expected a multiple of 4 bytes but found: 3",
                "{\"a\":{\"B\":\"YWJ=\"}} | Invalid last non-pad Base64 character dectected",
                "{\"a\":{\"L\":{}}} | Start of structure or map found where not expected",
            })
    void refusedValuesAreReportedAsByDynamo(String json, String message) {
        assertThatThrownBy(() -> ItemJson.item(json))
                .isInstanceOf(TableException.class)
                .hasMessage(message);
    }

    @Test
    void thirtyTwoLevelsAreTheLimit() {
        assertThat(ItemJson.item(nested(31)).count()).isOne();
        assertThatThrownBy(() -> ItemJson.item(nested(32))).hasMessageStartingWith("Nesting Levels have exceeded");
    }

    private static String nested(int levels) {
        return "{\"a\":" + "{\"L\":[".repeat(levels) + "{\"S\":\"x\"}" + "]}".repeat(levels) + "}";
    }
}
