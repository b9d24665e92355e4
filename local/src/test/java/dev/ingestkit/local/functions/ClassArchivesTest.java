package dev.ingestkit.local.functions;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ingestkit.local.journal.Journal;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a function has loaded once, its next JVM maps: from one runtime to the next, and never where it does not fit. */
final class ClassArchivesTest {

    private static final Path JAVA = Path.of(System.getProperty("java.home"), "bin", "java");

    @TempDir
    private Path folder;

    private Path archives;
    private Path jar;

    @BeforeEach
    void build() throws IOException {
        archives = folder.resolve("archives");
        jar = folder.resolve("greeter.jar");
        Files.write(jar, SourceJar.jar(folder.resolve("classes"), "Hello"));
    }

    private FunctionConfig greeter() {
        return FunctionConfig.of(
                        "greeter", "arn:aws:lambda:us-east-1:000000000000:function:greeter", jar, SourceJar.HANDLER)
                .withTimeout(Duration.ofSeconds(30));
    }

    private FunctionRuntime runtime() throws IOException {
        return new FunctionRuntime(
                FunctionRuntimeOptions.of("http://127.0.0.1:4566", "us-east-1", new Journal(Clock.systemUTC()))
                        .withTemporaryFolder(folder)
                        .withClassArchives(archives));
    }

    /** Runs the function once, and ends it with its runtime. */
    private String greetAndEnd() throws IOException {
        try (FunctionRuntime runtime = runtime()) {
            runtime.register(greeter());
            Invocation answer = runtime.invoke("greeter", "\"Ann\"".getBytes(StandardCharsets.UTF_8))
                    .join();
            return new String(answer.payload(), StandardCharsets.UTF_8);
        }
    }

    private List<Path> kept() throws IOException {
        List<Path> kept = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(archives, "greeter-*")) {
            files.forEach(kept::add);
        }
        return kept;
    }

    private ClassArchives.Use use(FunctionConfig config) throws IOException {
        TaskRoots roots = new TaskRoots(Files.createTempDirectory(folder, "roots"));
        return new ClassArchives(Optional.of(archives)).use(config, roots.acquire(jar), JAVA);
    }

    @Test
    void aRuntimeThatClosesLeavesAnArchiveThatTheNextOneStartsFrom() throws Exception {
        assertThat(greetAndEnd()).isEqualTo("\"Hello Ann\"");

        assertThat(kept()).singleElement().asString().endsWith(".jsa");
        ClassArchives.Use next = use(greeter());
        assertThat(next.writes()).isFalse();
        assertThat(next.flags()).contains("-XX:SharedArchiveFile=" + kept().get(0));
        // -Xshare:on: a JVM for which the archive does not fit does not start.
        List<String> strict =
                List.of(JAVA.toString(), next.flags().get(0), "-Xshare:on", "-cp", bootstrap(), "-version");
        assertThat(new ProcessBuilder(strict)
                        .redirectErrorStream(true)
                        .redirectOutput(folder.resolve("version.log").toFile())
                        .start()
                        .waitFor())
                .isZero();
        assertThat(greetAndEnd()).isEqualTo("\"Hello Ann\"");
        assertThat(kept()).hasSize(1);
    }

    private String bootstrap() throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(archives, "bootstrap-*.jar")) {
            return files.iterator().next().toString();
        }
    }

    @Test
    void changedCodeTakesAnArchiveOfItsOwnAndTheFormerOneGoes() throws IOException {
        greetAndEnd();
        List<Path> former = kept();
        Files.write(jar, SourceJar.jar(folder.resolve("changed"), "Welcome"));

        assertThat(greetAndEnd()).isEqualTo("\"Welcome Ann\"");

        assertThat(kept()).hasSize(1).doesNotContainAnyElementsOf(former);
    }

    @Test
    void aJvmThatIsKilledLeavesNothing() throws IOException {
        ClassArchives.Use use = use(greeter());
        String flag = use.flags().get(0);
        Files.writeString(Path.of(flag.substring(flag.indexOf('=') + 1)), "half of an archive");
        assertThat(kept()).hasSize(1);

        use.ended(false);

        assertThat(kept()).isEmpty();
    }

    @Test
    void oneThatDoesNotFitIsDoneWithout() throws IOException {
        greetAndEnd();
        Files.setLastModifiedTime(Path.of(bootstrap()), FileTime.fromMillis(86_400_000));

        assertThat(greetAndEnd()).isEqualTo("\"Hello Ann\"");
    }

    @Test
    void aDebuggersJvmAndOneWithOptionsOfItsOwnGoWithout() throws IOException {
        assertThat(use(greeter()).writes()).isTrue();
        assertThat(use(greeter().withDebugPort(5005))).isSameAs(ClassArchives.Use.NONE);
        assertThat(use(greeter().withEnvironment(Map.of("JAVA_TOOL_OPTIONS", "-Xshare:off"))))
                .isSameAs(ClassArchives.Use.NONE);
    }

    @Test
    void oneJvmOfACodeWritesAtATime() throws IOException {
        ClassArchives all = new ClassArchives(Optional.of(archives));
        TaskRoot code = new TaskRoots(folder.resolve("roots")).acquire(jar);

        ClassArchives.Use first = all.use(greeter(), code, JAVA);
        assertThat(all.use(greeter(), code, JAVA)).isSameAs(ClassArchives.Use.NONE);
        first.ended(false);
        assertThat(all.use(greeter(), code, JAVA).writes()).isTrue();
    }

    @Test
    void aFolderThatCannotBeMadeIsDoneWithout() throws IOException {
        archives = Files.writeString(folder.resolve("file"), "in the way").resolve("archives");

        assertThat(greetAndEnd()).isEqualTo("\"Hello Ann\"");
    }
}
