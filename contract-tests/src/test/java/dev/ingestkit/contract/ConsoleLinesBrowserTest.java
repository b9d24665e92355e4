package dev.ingestkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Every line of {@code aws} that the console shows does, as it stands, what the page's button does. */
final class ConsoleLinesBrowserTest {

    private static final Map<String, String> ENVIRONMENT = Map.of(
            "AWS_ACCESS_KEY_ID", "test",
            "AWS_SECRET_ACCESS_KEY", "test",
            "AWS_PAGER", "");

    @RegisterExtension
    static final OpenConsole console = new OpenConsole();

    @Test
    void theLinesOfAwsWorkAsTheyAreShown() throws IOException, InterruptedException {
        assumeTrue(isInstalled("aws"), "no aws: install awscli");
        Set<String> ran = new TreeSet<>();
        console.open("tables");
        console.browser().click("good-1");
        console.browser().await("the item is open", "document.querySelector('main textarea')");
        runShown(ran);
        console.open("queues");
        console.browser().type("Message to send", "it's sent \"by hand\"");
        console.browser().awaitText("aws sqs send-message");
        runShown(ran);
        console.open("streams");
        console.browser().awaitText("aws kinesis merge-shards");
        runShown(ran);

        assertThat(ran)
                .containsExactlyInAnyOrder(
                        "dynamodb put-item",
                        "dynamodb scan",
                        "sqs send-message",
                        "sqs get-queue-attributes",
                        "kinesis list-shards",
                        "kinesis split-shard",
                        "kinesis merge-shards");
    }

    private static boolean isInstalled(String program) {
        for (String directory : System.getenv("PATH").split(File.pathSeparator, -1)) {
            if (Path.of(directory, program).toFile().canExecute()) {
                return true;
            }
        }
        return false;
    }

    /** Runs the lines that the page shows now. Splitting a shard takes the shard that merging names: it comes last. */
    private static void runShown(Set<String> ran) throws IOException, InterruptedException {
        JsonNode shown = console.browser()
                .script(
                        "return [...document.querySelectorAll('.cli code')].map(code => code.innerText)"
                                + ".filter(line => line.startsWith('aws ')).sort((a, b) => a.includes('split-shard') - b.includes('split-shard'))");
        for (JsonNode line : shown) {
            String[] words = line.asText().split(" ", 4);
            if (words[2].equals("split-shard") && ran.contains("kinesis merge-shards")) {
                console.open("streams");
                console.browser()
                        .await("the merged shard is shown", "document.querySelectorAll('main tbody tr').length > 2");
                runSplit(ran);
                return;
            }
            ran.add(words[1] + " " + words[2]);
            run(line.asText());
        }
    }

    private static void runSplit(Set<String> ran) throws IOException, InterruptedException {
        String line = console.browser()
                .script("return [...document.querySelectorAll('.cli code')].map(code => code.innerText)"
                        + ".find(line => line.includes('split-shard'))")
                .asText();
        ran.add("kinesis split-shard");
        run(line);
    }

    private static void run(String line) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder("sh", "-c", line).redirectErrorStream(true);
        builder.environment().putAll(ENVIRONMENT);
        Process process = builder.start();
        process.getOutputStream().close();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as("%s: %s", line, printed).isZero();
    }
}
