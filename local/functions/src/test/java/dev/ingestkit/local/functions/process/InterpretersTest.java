package dev.ingestkit.local.functions.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Searches folders of programs that answer as interpreters do. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the programs are shell scripts")
final class InterpretersTest {

    @TempDir
    private Path folder;

    private Path program(String name, String path, String version) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, "#!/bin/sh\necho '%s'\necho '%s'\n".formatted(path, version));
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private Interpreters on(String... folders) {
        String[] paths = new String[folders.length];
        for (int at = 0; at < folders.length; at++) {
            paths[at] = folder.resolve(folders[at]).toString();
        }
        return new Interpreters(String.join(File.pathSeparator, paths));
    }

    @Test
    void namesOfOldAndNewRuntimesTellTheLanguage() {
        assertThat(Interpreter.Language.of("nodejs22.x")).contains(Interpreter.Language.NODE);
        assertThat(Interpreter.Language.of("nodejs8.10")).contains(Interpreter.Language.NODE);
        assertThat(Interpreter.Language.of("python3.13")).contains(Interpreter.Language.PYTHON);
        assertThat(Interpreter.Language.of("ruby3.3")).isEmpty();
    }

    @Test
    void theRuntimesOwnVersionComesFirst() throws IOException {
        program("bin/python3", "/usr/bin/python3.11", "3.11.7");
        program("bin/python3.13", "/opt/python3.13", "3.13.1");
        Interpreter found = on("bin").find("python3.13").orElseThrow();
        assertThat(found).isEqualTo(new Interpreter(Interpreter.Language.PYTHON, Path.of("/opt/python3.13"), "3.13.1"));
        assertThat(found.isOf("python3.13")).isTrue();
        assertThat(found.isOf("python3.1")).isFalse();
    }

    @Test
    void anotherVersionRunsWhereTheRuntimesOwnIsMissing() throws IOException {
        program("bin/python3", "/usr/bin/python3.11", "3.11.7");
        program("bin/node", "/usr/bin/node", "20.20.2");
        assertThat(on("bin").find("python3.13").orElseThrow().version()).isEqualTo("3.11.7");
        Interpreter node = on("bin").find("nodejs22.x").orElseThrow();
        assertThat(node.isOf("nodejs22.x")).isFalse();
        assertThat(node.isOf("nodejs20.x")).isTrue();
    }

    @Test
    void theFirstFolderOfThePathWinsAndAnEnvironmentKeepsItsPath() throws IOException {
        Path own =
                program("venv/bin/python3", folder.resolve("venv/bin/python3").toString(), "3.12.4");
        program("bin/python3", "/usr/bin/python3.11", "3.11.7");
        assertThat(on("venv/bin", "bin").find("python3.13").orElseThrow().executable())
                .isEqualTo(own);
    }

    @Test
    void aProgramThatDoesNotAnswerIsSkipped() throws IOException {
        program("broken/node", "one line", "");
        program("bin/node", "/usr/bin/node", "22.1.0");
        assertThat(on("broken", "bin").find("nodejs22.x").orElseThrow().version())
                .isEqualTo("22.1.0");
    }

    @Test
    void obstaclesNameWhatIsMissing() throws IOException {
        Files.createDirectories(folder.resolve("empty"));
        assertThat(on("empty").obstacle("python3.13"))
                .hasValue("its runtime python3.13 needs Python, but python3 is not on the PATH");
        assertThat(on("empty").obstacle("nodejs22.x"))
                .hasValue("its runtime nodejs22.x needs Node.js, but node is not on the PATH");
        assertThat(on("empty").obstacle("dotnet8"))
                .hasValue("its runtime dotnet8 is not run here (only Java, Python and Node.js are)");
    }
}
