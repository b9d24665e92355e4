package dev.ingestkit.local.table.api;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.ingestkit.local.table.TableEngine;
import dev.ingestkit.local.table.item.ItemJson;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Every refusal by its text: requests in {@code cases/*.txt}, each with the error that DynamoDB answers. A case is
 * three lines: action and title, request, and type with message after an arrow. {@code @x*9@} stands for nine letters
 * x.
 */
class RefusalsTest {
    private static final Pattern REPEAT = Pattern.compile("@(.)\\*(\\d+)@");

    private record Case(String file, String action, String title, String request, String expected) {}

    @TestFactory
    Stream<DynamicTest> refusals() {
        TestApi api = new TestApi().withTables();
        return Stream.of("put", "types", "items", "pages", "batches", "tables", "others")
                .flatMap(file -> cases(file).stream())
                .map(test -> DynamicTest.dynamicTest(
                        test.file() + ": " + test.action() + ": " + test.title(),
                        () -> assertEquals(test.expected(), refusal(api.ask(test.action(), test.request())))));
    }

    private static List<Case> cases(String file) {
        List<Case> cases = new ArrayList<>();
        for (String block : read(file).split("\n\n", -1)) {
            String[] lines = block.strip().split("\n", -1);
            if (lines.length == 3) {
                int colon = lines[0].indexOf(':');
                cases.add(new Case(
                        file,
                        lines[0].substring(0, colon),
                        lines[0].substring(colon + 2),
                        repeated(lines[1]),
                        repeated(lines[2].substring("-> ".length()))));
            } else if (!block.strip().startsWith("#")) {
                throw new IllegalStateException(file + ".txt: not a case of three lines: " + block);
            }
        }
        return cases;
    }

    private static String read(String file) {
        try (InputStream in = RefusalsTest.class.getResourceAsStream("cases/" + file + ".txt")) {
            return new String(Objects.requireNonNull(in, file).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException("cannot read the cases " + file, e);
        }
    }

    private static String repeated(String text) {
        return REPEAT.matcher(text)
                .replaceAll(match -> Matcher.quoteReplacement(match.group(1).repeat(Integer.parseInt(match.group(2)))));
    }

    private static String refusal(TableEngine.Answer answer) throws IOException {
        String type = "";
        String message = "";
        try (JsonParser json = ItemJson.FACTORY.createParser(answer.body())) {
            json.nextToken();
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String name = json.currentName();
                json.nextToken();
                if (name.equals("__type")) {
                    type = json.getText();
                } else if (name.equalsIgnoreCase("message")) {
                    message = ": " + json.getText();
                }
                json.skipChildren();
            }
        }
        return type.substring(type.indexOf('#') + 1) + message;
    }
}
