package dev.ingestkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import dev.ingestkit.local.LocalRuntime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A repaired function is built, and its dead letters are redriven at once: the new code processes them. */
final class RedriveAfterBuildTest {

    private static final String TEMPLATE = """
        Transform: AWS::Serverless-2016-10-31
        Resources:
          Invoices: {Type: AWS::Kinesis::Stream, Properties: {ShardCount: 1}}
          Failures: {Type: AWS::SQS::Queue}
        """ + ProjectorFunction.resource(UnfinishedFunction.HANDLER);

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"invoke", "stream"})
    void newCodeProcessesRecordsRedrivenRightAfterABuild(String route) throws IOException {
        try (LocalRuntime runtime = start()) {
            tool(runtime, "send", "--id", "i-1", "--data", "{}");
            tool(runtime, "wait", "--for", "dead", "--id", "i-1");
            build(FunctionArchive.of(UnfinishedFunction.class, JsonFactory.class));

            Tool.Result redriven = tool(runtime, "dlq", "redrive", "--via", route);
            Tool.Result deadLetters = tool(runtime, "dlq", "list", "-o", "json");

            assertThat(redriven.exit()).as(redriven.err()).isZero();
            assertThat(redriven.err()).contains("redrove 1 record of 1 dead letter");
            assertThat(deadLetters.out()).isEqualTo("[]\n");
        }
    }

    @Test
    void aRedriveSaysThatNewCodeDoesNotLoad() throws IOException {
        try (LocalRuntime runtime = start()) {
            tool(runtime, "send", "--id", "i-1", "--data", "{}");
            tool(runtime, "wait", "--for", "dead", "--id", "i-1");
            build(FunctionArchive.of(PoisonFunction.class));

            Tool.Result redriven = tool(runtime, "dlq", "redrive");

            assertThat(redriven.exit()).isEqualTo(1);
            assertThat(redriven.err())
                    .contains(
                            "warning: the function ingest-kit-Projector keeps its old code, because the new code does not")
                    .contains("redrove 0 records of 0 dead letters");
        }
    }

    private LocalRuntime start() throws IOException {
        Files.writeString(folder.resolve("own.yaml"), TEMPLATE);
        build(FunctionArchive.of(UnfinishedFunction.class));
        return LocalRuntime.start(EmbeddedStack.config(folder.resolve("own.yaml")));
    }

    private void build(byte[] archive) throws IOException {
        Path written = Files.write(folder.resolve("projector.new"), archive);
        Files.move(written, folder.resolve("projector.jar"), StandardCopyOption.REPLACE_EXISTING);
    }

    private Tool.Result tool(LocalRuntime runtime, String... arguments) {
        return new Tool(folder)
                .target("--endpoint-url", runtime.endpoint().toString())
                .run(arguments);
    }
}
