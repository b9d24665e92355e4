package dev.ingestkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.events.KinesisEvent;
import dev.ingestkit.local.LocalRuntime;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Creates a project by the tool, compiles it, starts its template and sends an event through it. */
final class NewProjectTest {

    @TempDir
    private Path folder;

    @Test
    void aNewProjectCompilesStartsAndProcessesAnEvent() throws Exception {
        Tool tool = new Tool(folder);
        assertThat(tool.run("init", "acme-billing", "--package", "com.acme.billing")
                        .exit())
                .isZero();
        Path project = folder.resolve("acme-billing");
        build(project, project.resolve("target/acme-billing.jar"));

        try (LocalRuntime runtime = LocalRuntime.start(EmbeddedStack.config(project.resolve("template.yaml")))) {
            String endpoint = runtime.endpoint().toString();
            Tool.Result sent = tool.run("send", "--id", "ann", "--data", "{\"total\":12}", "--endpoint-url", endpoint);
            Tool.Result waited = tool.run("wait", "--for", "processed", "--id", "ann", "--endpoint-url", endpoint);
            Tool.Result logs = tool.run("logs", "Handler", "--endpoint-url", endpoint);

            assertThat(sent.exit()).as(sent.err()).isZero();
            assertThat(waited.exit()).as(waited.err()).isZero();
            assertThat(logs.out()).contains("ann: {\"total\":12}");
        }
    }

    @Test
    void aDirectoryWithFilesIsLeftAlone() throws IOException {
        Files.createDirectories(folder.resolve("used"));
        Files.writeString(folder.resolve("used/mine.txt"), "mine");

        Tool.Result result = new Tool(folder).run("init", "used");

        assertThat(result.exit()).isEqualTo(4);
        assertThat(result.err()).contains("is not empty");
        try (Stream<Path> files = Files.list(folder.resolve("used"))) {
            assertThat(files).hasSize(1);
        }
    }

    /** Compiles handler and tests, and packs the handler with its libraries. */
    private static void build(Path project, Path jar) throws Exception {
        Path classes = Files.createDirectories(project.resolve("target/classes"));
        List<Path> libraries = List.of(
                library(Context.class),
                library(KinesisEvent.class),
                library(Class.forName("org.joda.time.DateTime"))); // the events' times
        ByteArrayOutputStream errors = new ByteArrayOutputStream();
        int status = ToolProvider.getSystemJavaCompiler()
                .run(
                        null,
                        OutputStream.nullOutputStream(),
                        errors,
                        "-proc:none",
                        "-d",
                        classes.toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        project.resolve("src/main/java/com/acme/billing/EventHandler.java")
                                .toString(),
                        project.resolve("src/test/java/com/acme/billing/EventHandlerTest.java")
                                .toString(),
                        project.resolve("src/test/java/com/acme/billing/PipelineTest.java")
                                .toString());
        assertThat(status).as(errors.toString(StandardCharsets.UTF_8)).isZero();
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar));
                Stream<Path> files = Files.walk(classes)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                put(out, classes.relativize(file).toString(), file);
            }
            for (Path library : libraries) {
                put(out, "lib/" + library.getFileName(), library);
            }
        }
    }

    private static Path library(Class<?> type) {
        return Path.of(URI.create(
                type.getProtectionDomain().getCodeSource().getLocation().toString()));
    }

    private static void put(JarOutputStream out, String name, Path file) throws IOException {
        out.putNextEntry(new JarEntry(name));
        Files.copy(file, out);
        out.closeEntry();
    }
}
