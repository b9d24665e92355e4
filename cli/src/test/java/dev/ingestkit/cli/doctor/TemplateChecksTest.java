package dev.ingestkit.cli.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TemplateChecksTest {

    private static final Instant BUILT = Instant.parse("2026-03-01T12:00:00Z");

    @TempDir
    Path folder;

    private Path template;
    private Path source;
    private Path compiled;
    private Path archive;

    @BeforeEach
    void aBuiltModulePasses() throws IOException {
        template = write("template.yaml", """
                Transform: AWS::Serverless-2016-10-31
                Resources:
                  Mine:
                    Type: AWS::Serverless::Function
                    Properties:
                      CodeUri: module/target/mine.jar
                      Handler: mine.Handler::handle
                      Runtime: java17
                """, BUILT);
        source = write("module/src/main/java/mine/Handler.java", "source", BUILT);
        compiled = write("module/target/classes/mine/Handler.class", "compiled", BUILT.plusSeconds(5));
        archive = folder.resolve("module/target/mine.jar");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(archive))) {
            zip.putNextEntry(new ZipEntry("mine/Handler.class"));
            zip.write("compiled".getBytes(StandardCharsets.UTF_8));
        }
        // Older than all sources, because a build that makes the same bytes keeps the file.
        Files.setLastModifiedTime(archive, FileTime.from(BUILT.minusSeconds(60)));
    }

    private Path write(String name, String text, Instant time) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
        Files.setLastModifiedTime(file, FileTime.from(time));
        return file;
    }

    private Check functions() {
        List<Check> checks = new TemplateChecks(template, List.of()).all();
        return checks.get(1);
    }

    @Test
    void anArchiveOfTheCurrentSourcesPasses() {
        assertThat(functions().status()).isEqualTo(Check.Status.OK);
    }

    @Test
    void aMissingArchiveFails() throws IOException {
        Files.delete(archive);

        assertThat(functions().status()).isEqualTo(Check.Status.FAIL);
        assertThat(functions().message()).contains("module/target/mine.jar");
    }

    @Test
    void aSourceNewerThanItsClassIsReported() throws IOException {
        Files.setLastModifiedTime(source, FileTime.from(BUILT.plusSeconds(60)));

        assertThat(functions().status()).isEqualTo(Check.Status.WARN);
        assertThat(functions().message()).contains("Handler.java");
    }

    @Test
    void anArchiveWithAnOutdatedClassIsReported() throws IOException {
        Files.writeString(compiled, "compiled again");

        assertThat(functions().status()).isEqualTo(Check.Status.WARN);
        assertThat(functions().message()).contains("mine/Handler.class");
    }

    @Test
    void anUnreadableTemplateFailsAndNamesThePosition() throws IOException {
        Files.writeString(template, "Resources:\n  Mine:\n    Type: [\n");

        List<Check> checks = new TemplateChecks(template, List.of()).all();

        assertThat(checks).extracting(Check::status).containsExactly(Check.Status.FAIL, Check.Status.SKIP);
        assertThat(checks.get(0).message()).contains("template.yaml:");
    }
}
