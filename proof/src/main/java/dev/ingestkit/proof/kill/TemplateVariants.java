package dev.ingestkit.proof.kill;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The kit's template as it is, and with a queue and a topic more, other properties and an index. The next start takes
 * the next one, so each change is applied to data, and taken back. For one thread.
 */
final class TemplateVariants {

    private static final String QUEUE = "  DeadLetterQueue:\n    Type: AWS::SQS::Queue\n";
    private static final String MORE = """
              AddedTopic:
                Type: AWS::SNS::Topic
              AddedQueue:
                Type: AWS::SQS::Queue
                Properties:
                  VisibilityTimeout: 45
            """;

    private final List<List<String>> variants;
    private int next;

    private TemplateVariants(List<List<String>> variants) {
        this.variants = variants;
    }

    /**
     * Writes the variants.
     *
     * @param root the directory of the template
     * @param directory takes the changed templates
     */
    static TemplateVariants of(Path root, Path directory) throws IOException {
        Path template = requireNonNull(root, "root").resolve("template.yaml");
        String text = Files.readString(template).replace("CodeUri: handlers/", "CodeUri: " + root + "/handlers/");
        String changed = replaced(
                replaced(text, QUEUE, MORE + QUEUE),
                "      VisibilityTimeout: 120\n",
                "      VisibilityTimeout: 60\n      Tags: [{ Key: variant, Value: changed }]\n");
        Path other = Files.writeString(directory.resolve("template.yaml"), changed);
        return new TemplateVariants(List.of(
                List.of("--template", template.toString()),
                List.of("--template", other.toString(), "--parameter", "RetryAttempts=20"),
                List.of("--template", other.toString(), "--parameter", "TimeIndex=true")));
    }

    private static String replaced(String text, String old, String replacement) {
        if (!text.contains(old)) {
            throw new IllegalStateException("the template has no '%s'".formatted(old));
        }
        return text.replace(old, replacement);
    }

    /** Returns the options of the next start. */
    List<String> next() {
        return variants.get(next++ % variants.size());
    }
}
