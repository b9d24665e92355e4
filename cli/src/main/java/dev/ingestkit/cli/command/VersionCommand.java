package dev.ingestkit.cli.command;

import static java.util.Objects.requireNonNull;

import dev.ingestkit.cli.CliContext;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;

/** Says which build this is. */
@Command(
        name = "version",
        description = "Shows the tool's version and what it runs on.",
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {"  ingest-cli version", "  ingest-cli version -o json"})
public final class VersionCommand implements Runnable {

    private final CliContext context;

    public VersionCommand(CliContext context) {
        this.context = requireNonNull(context, "context");
    }

    /** What is printed; the field names are the JSON form. */
    record Version(String version, String java, String vendor, String os) {}

    @Override
    public void run() {
        context.output()
                .one(new Version(
                        version(),
                        System.getProperty("java.version"),
                        System.getProperty("java.vendor"),
                        System.getProperty("os.name") + " " + System.getProperty("os.arch")));
    }

    private static String version() {
        Properties build = new Properties();
        try (InputStream file = VersionCommand.class.getResourceAsStream("/dev/ingestkit/cli/build.properties")) {
            build.load(requireNonNull(file, "build.properties is part of the jar"));
        } catch (IOException unreadable) {
            throw new UncheckedIOException("cannot read build.properties", unreadable);
        }
        return build.getProperty("version");
    }

    /** For {@code --version}: one line. */
    public static final class Provider implements IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {"ingest-cli " + version()};
        }
    }
}
