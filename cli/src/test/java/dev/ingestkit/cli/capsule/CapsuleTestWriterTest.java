package dev.ingestkit.cli.capsule;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.ingestkit.local.capsule.Capsule;
import dev.ingestkit.local.capsule.CapsuleContents;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CapsuleTestWriterTest {

    @TempDir
    private Path project;

    @BeforeEach
    void writeTemplate() throws IOException {
        Files.writeString(project.resolve("template.yaml"), """
                Transform: AWS::Serverless-2016-10-31
                Globals: {Function: {CodeUri: src, Handler: app.handle}}
                Resources:
                  Counted: {Type: AWS::Serverless::Function, Properties: {Runtime: python3.12}}
                  Stored: {Type: AWS::Serverless::Function, Properties: {Runtime: java21}}
                """);
    }

    private String written(String function, String template) throws IOException {
        return Files.readString(new CapsuleTestWriter(project, template)
                .write(capsule(function), "app")
                .get(0));
    }

    private static Capsule capsule(String function) {
        return new Capsule(
                "bad",
                Instant.EPOCH,
                "it failed",
                new Capsule.Source(function, ""),
                new CapsuleContents.Batch(
                        "arn:aws:kinesis:us-east-1:000000000000:stream/s",
                        "shardId-000000000000",
                        List.of(new CapsuleContents.Item("1", "a", Instant.EPOCH, new byte[0]))),
                JsonNodeFactory.instance.objectNode());
    }

    @Test
    void aTemplateWithoutTheCapsulesFunctionIsToldApartFromOneThatHasItOrCannotBeRead() {
        assertThat(new CapsuleTestWriter(project, "template.yaml").lacksFunction(capsule("Elsewhere")))
                .isTrue();
        assertThat(new CapsuleTestWriter(project, "template.yaml").lacksFunction(capsule("Stored")))
                .isFalse();
        assertThat(new CapsuleTestWriter(project, "none.yaml").lacksFunction(capsule("Stored")))
                .isFalse();
    }

    @Test
    void theTestOfAFunctionInPythonRunsItInAProcessOfItsOwn() throws IOException {
        assertThat(written("Counted", "template.yaml"))
                .contains("@IngestTest(template = \"template.yaml\", functionsInProcessesOfTheirOwn = true)")
                .contains("failed. Saved at 1970-01-01T00:00:00Z.")
                .contains("\n * The function is for python3.12: it runs in a process of its own.\n */\n");
    }

    @Test
    void theTestOfAJavaFunctionRunsItInTheTestsJvm() throws IOException {
        assertThat(written("Stored", "template.yaml")).contains("@IngestTest(template = \"template.yaml\")");
    }

    @Test
    void aTemplateThatIsNotThereIsNotNeeded() throws IOException {
        assertThat(written("Counted", "other.yaml")).contains("@IngestTest(template = \"other.yaml\")");
    }
}
