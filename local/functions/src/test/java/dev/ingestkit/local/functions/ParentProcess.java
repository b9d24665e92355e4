package dev.ingestkit.local.functions;

import dev.ingestkit.local.functions.fixture.ScriptedHandler;
import dev.ingestkit.local.journal.Journal;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;

/** A process that runs a function and prints the id of the function's process, for a test that kills it. */
@SuppressWarnings("checkstyle:RegexpSinglelineJava") // It talks to the test by its output.
final class ParentProcess {

    private ParentProcess() {}

    public static void main(String[] arguments) throws IOException {
        Path folder = Path.of(arguments[0]);
        FunctionRuntime runtime = new FunctionRuntime(
                FunctionRuntimeOptions.of("http://127.0.0.1:4566", "us-east-1", new Journal(Clock.systemUTC()))
                        .withTemporaryFolder(folder));
        Path jar = FixtureJar.write(folder.resolve("fixtures.jar"));
        runtime.register(FunctionConfig.of("orphan", "arn", jar, ScriptedHandler.class.getName()));
        runtime.invoke("orphan", "{\"action\":\"echo\"}".getBytes(StandardCharsets.UTF_8))
                .join();
        System.out.println(runtime.processes("orphan").get(0));
        // waits to be killed
        System.in.read();
    }
}
