package dev.ingestkit.cli.capsule;

import static java.util.Objects.requireNonNull;

import dev.ingestkit.cli.output.CliException;
import dev.ingestkit.cli.output.ExitCode;
import dev.ingestkit.local.capsule.Capsule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Writes a JUnit class that repeats a capsule's event, with the capsule as its fixture, into a Maven project. */
public final class CapsuleTestWriter {

    private static final String TEXT = """
            package %s;

            import dev.ingestkit.testkit.IngestPipeline;
            import dev.ingestkit.testkit.IngestTest;
            import org.junit.jupiter.api.Test;

            /**
             * The %s of the capsule {@code %s}, for which {@code %s} failed. Saved at %s.%s
             */
            @IngestTest(template = "%s"%s)
            class %s {

                @Test
                void the%sIsProcessed(IngestPipeline pipeline) {
                    pipeline.replay(%s.class.getResource("/capsules/%s.json")).succeeds();
                }
            }
            """;

    private final Path project;
    private final String template;
    private final TemplateRuntimes runtimes;

    /**
     * Creates a writer into a project.
     *
     * @param template the template's path, as the tests name it
     */
    public CapsuleTestWriter(Path project, String template) {
        this.project = requireNonNull(project, "project");
        this.template = requireNonNull(template, "template");
        this.runtimes = TemplateRuntimes.read(project.resolve(template));
    }

    /**
     * Writes the class and its fixture, and returns their files. A function in another language than Java gets a test whose
     * functions run in processes of their own.
     *
     * @param packageName the class's package
     */
    public List<Path> write(Capsule capsule, String packageName) {
        String className = className(capsule.name());
        String contents = capsule.contents().isBatch() ? "Batch" : "Event";
        Path test = project.resolve("src/test/java/%s/%s.java".formatted(packageName.replace('.', '/'), className));
        Path fixture = project.resolve("src/test/resources/capsules/%s.json".formatted(capsule.name()));
        // A test's JVM runs Java only.
        Optional<String> other =
                runtimes.of(capsule.source().function()).filter(runtime -> !runtime.startsWith("java"));
        String text = TEXT.formatted(
                packageName,
                contents.toLowerCase(Locale.ROOT),
                capsule.name(),
                capsule.source().function(),
                capsule.savedAt().truncatedTo(ChronoUnit.SECONDS),
                other.map("\n * The function is for %s: it runs in a process of its own."::formatted)
                        .orElse(""),
                template,
                other.map(runtime -> ", functionsInProcessesOfTheirOwn = true").orElse(""),
                className,
                contents,
                className,
                capsule.name());
        try {
            for (Path file : List.of(test, fixture)) {
                Files.createDirectories(requireNonNull(file.getParent()));
            }
            Files.writeString(test, text);
            Files.write(fixture, capsule.json());
        } catch (IOException failed) {
            throw new CliException("FILE_UNWRITABLE", ExitCode.ENVIRONMENT, "cannot write '%s'".formatted(test))
                    .because(failed.getClass().getSimpleName() + ": " + failed.getMessage(), failed);
        }
        return List.of(test, fixture);
    }

    /** Returns whether a test that names the template cannot find the capsule's function there. */
    public boolean lacksFunction(Capsule capsule) {
        return runtimes.lack(capsule.source().function());
    }

    /** Returns {@code WriterBatch12CapsuleTest} for {@code Writer-batch.12}. */
    static String className(String capsule) {
        StringBuilder name = new StringBuilder();
        for (String part : capsule.split("[^A-Za-z0-9]+", -1)) {
            if (!part.isEmpty()) {
                name.append(part.substring(0, 1).toUpperCase(Locale.ROOT)).append(part.substring(1));
            }
        }
        String start = Character.isDigit(name.charAt(0)) ? "Capsule" : "";
        return start + name + "CapsuleTest";
    }
}
