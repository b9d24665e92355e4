package dev.ingestkit.local;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FunctionNamesTest {

    @TempDir
    private Path directory;

    @Test
    void twoFunctionsOfOneNameAreRefused() throws IOException {
        Files.writeString(Files.createDirectories(directory.resolve("code")).resolve("a.txt"), "code");
        Path template = Files.writeString(directory.resolve("template.yaml"), """
            Transform: AWS::Serverless-2016-10-31
            Globals:
              Function: { Runtime: java17, CodeUri: code, Handler: a.B }
            Resources:
              First: { Type: AWS::Serverless::Function, Properties: { FunctionName: mailer } }
              Second: { Type: AWS::Serverless::Function, Properties: { FunctionName: mailer } }
            """);
        assertThatThrownBy(
                        () -> LocalRuntime.start(LocalRuntimeConfig.of(template).withPort(0))
                                .close())
                .isInstanceOf(StartException.class)
                .hasStackTraceContaining(
                        "function Second: 'mailer' is already the name of another function; give each its own FunctionName");
    }
}
