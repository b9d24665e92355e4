package dev.ingestkit.cli;

import dev.ingestkit.cli.context.CliEnvironment;
import dev.ingestkit.cli.output.Terminal;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneId;
import java.util.Map;

/** The process: runs one command line in the real environment and exits with the command's exit code. */
public final class Main {

    private Main() {}

    public static void main(String[] arguments) {
        run(System.getenv(), arguments);
    }

    /** Runs a command line with the given environment variables, then exits the process with its exit code. */
    public static void run(Map<String, String> variables, String[] arguments) {
        Path directory = Path.of("").toAbsolutePath();
        CliEnvironment environment = new CliEnvironment(
                System.in,
                stream(FileDescriptor.out),
                stream(FileDescriptor.err),
                variables,
                Terminal.of(variables, nativeCharset()),
                directory,
                Path.of(variables.getOrDefault("INGEST_HOME", directory.toString())),
                Clock.system(ZoneId.systemDefault()));
        // Standard output carries the command's data only. Output of libraries is discarded.
        System.setOut(new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8));
        System.exit(IngestCli.run(environment, arguments));
    }

    /** Data is UTF-8 in any locale; the locale decides only which symbols are drawn. */
    private static PrintStream stream(FileDescriptor descriptor) {
        return new PrintStream(
                new FileOutputStream(descriptor), descriptor == FileDescriptor.err, StandardCharsets.UTF_8);
    }

    private static Charset nativeCharset() {
        String name = System.getProperty("sun.jnu.encoding", "UTF-8");
        return Charset.isSupported(name) ? Charset.forName(name) : StandardCharsets.US_ASCII;
    }
}
