package dev.ingestkit.bench;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.ingestkit.core.item.ItemDecoder;
import dev.ingestkit.core.item.ItemFormatException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Sends each of GitHub's webhook example payloads through HTTP and compares the table's contents with the sent payload,
 * value by value. The payloads come from the npm package {@value #PACKAGE}, fetched when the program runs.
 */
public final class WebhookPayloads {

    private static final String PACKAGE = "@octokit/webhooks-examples@7.6.1";
    private static final Duration TIMEOUT = Duration.ofSeconds(60);
    private static final ObjectMapper EXACT = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.USE_BIG_INTEGER_FOR_INTS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    private record Payload(String id, byte[] body) {}

    private WebhookPayloads() {}

    /** Runs the program; throws when an event is missing or differs. */
    public static void main(String[] arguments) throws Exception {
        Report report = new Report("WebhookPayloads");
        List<Payload> payloads = payloads(fetch());
        try (Pipeline pipeline = Pipeline.open()) {
            long began = System.nanoTime();
            payloads.parallelStream().forEach(payload -> pipeline.submit(payload.id(), payload.body()));
            Table table = pipeline.table();
            long stored = table.await(payloads.size(), List.of(), TIMEOUT);
            report.count("payloads sent", payloads.size());
            report.count("items in the table", stored);
            List<String> differences = new ArrayList<>();
            for (Payload payload : payloads) {
                differences.addAll(compare(payload, table.parts(payload.id())));
            }
            differences.stream().limit(20).forEach(report::note);
            report.count("differences", differences.size());
            report.figure("seconds", (System.nanoTime() - began) / 1e9);
            report.end();
            if (!differences.isEmpty() || payloads.isEmpty()) {
                throw new IllegalStateException(differences.size() + " differences");
            }
        }
    }

    private static Path fetch() throws IOException, InterruptedException {
        Path folder = Pipeline.HOME.resolve("bench/target/webhooks-examples-7.6.1");
        if (Files.isDirectory(folder.resolve("package"))) {
            return folder.resolve("package");
        }
        Files.createDirectories(folder);
        run(folder, "npm", "pack", "--silent", PACKAGE);
        run(folder, "tar", "-xzf", "octokit-webhooks-examples-7.6.1.tgz");
        return folder.resolve("package");
    }

    private static void run(Path folder, String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("fetch.log").toFile())
                .start();
        if (!process.waitFor(2, TimeUnit.MINUTES) || process.exitValue() != 0) {
            process.destroy();
            throw new IOException(
                    "%s failed: %s".formatted(List.of(command), Files.readString(folder.resolve("fetch.log"))));
        }
    }

    /** Each file holds a list of event types, each with a list of examples. */
    private static List<Payload> payloads(Path folder) throws IOException {
        List<Payload> payloads = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.map(entry -> entry.resolve("index.json"))
                    .filter(Files::exists)
                    .sorted()
                    .toList()) {
                String origin = String.valueOf(file.getName(file.getNameCount() - 2));
                for (JsonNode type : EXACT.readTree(file.toFile())) {
                    int number = 0;
                    for (JsonNode example : type.get("examples")) {
                        String id = origin + "/" + type.get("name").asText() + " " + number++;
                        payloads.add(new Payload(id, EXACT.writeValueAsBytes(example)));
                    }
                }
            }
        }
        return payloads;
    }

    /** Compares the event's attributes, and the payload as the project's reader assembles it. */
    private static List<String> compare(Payload payload, List<JsonNode> items) throws IOException {
        List<String> differences = new ArrayList<>();
        if (items.isEmpty()) {
            differences.add(payload.id() + " is not in the table");
            return differences;
        }
        JsonNode sent = EXACT.readTree(payload.body());
        try {
            byte[] read = ItemDecoder.decode(
                            items.stream().map(DynamoJson::item).toList())
                    .payload();
            new Differences(differences, payload.id() + " as read").compare("$", sent, EXACT.readTree(read));
        } catch (ItemFormatException broken) {
            differences.add(payload.id() + " cannot be read: " + broken.getMessage());
        }
        if (items.size() == 1
                && items.get(0)
                        .get("_ingest")
                        .get("M")
                        .path("encoding")
                        .path("S")
                        .asText()
                        .equals("attributes")) {
            new Differences(differences, payload.id() + " as stored")
                    .compare("$", sent, DynamoJson.event(items.get(0)));
        }
        return differences;
    }
}
