package dev.ingestkit.proof.query;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ingestkit.cli.output.CliException;
import dev.ingestkit.cli.output.JsonQuery;
import dev.ingestkit.local.events.Json;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;

/**
 * Evaluates expressions as {@code --query} does: reads a JSON object for each line, with {@code given} and
 * {@code expression}, and prints one with {@code result}, or with {@code error} where the expression is refused.
 */
public final class QueryResults {

    private QueryResults() {}

    /** Runs the program until standard input ends. */
    public static void main(String[] arguments) throws Exception {
        ObjectMapper mapper = Json.mapper();
        BufferedReader cases = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        BufferedWriter results = new BufferedWriter(
                new OutputStreamWriter(new FileOutputStream(FileDescriptor.out), StandardCharsets.UTF_8));
        for (String line = cases.readLine(); line != null; line = cases.readLine()) {
            JsonNode one = mapper.readTree(line);
            results.write(mapper.writeValueAsString(evaluate(one)));
            results.newLine();
        }
        results.flush();
    }

    private static ObjectNode evaluate(JsonNode one) {
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        try {
            return answer.set(
                    "result",
                    JsonQuery.parse(one.path("expression").textValue()).apply(one.path("given")));
        } catch (CliException refused) {
            return answer.put("error", refused.reason().orElse(refused.text()));
        }
    }
}
