package dev.ingestkit.cli.command.tool;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.ingestkit.cli.aws.RunningRuntimes;
import dev.ingestkit.cli.config.ConfigKey;
import dev.ingestkit.cli.context.CliContext;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
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

    /**
     * Written field by field, where other commands have a record: what Jackson does to learn a record's fields takes a
     * tenth of this command's time. A commit that the build was not told is {@code unknown}; {@code committed} is its
     * time, since a build says none of its own, so that two of them are equal; the endpoint is the runtime that is up or
     * what it is set to, null when there is none or several.
     */
    @Override
    public void run() {
        Properties build = build();
        context.output()
                .one(JsonNodeFactory.instance
                        .objectNode()
                        .put("version", build.getProperty("version"))
                        .put("commit", build.getProperty("commit"))
                        .put("committed", build.getProperty("committed"))
                        .put("java", System.getProperty("java.version"))
                        .put("vendor", System.getProperty("java.vendor"))
                        .put("sdk", build.getProperty("sdk"))
                        .put("os", System.getProperty("os.name") + " " + System.getProperty("os.arch"))
                        .put("endpoint", endpoint()));
    }

    private @Nullable String endpoint() {
        String set = context.settings().get(ConfigKey.ENDPOINT).value();
        if (!set.isEmpty()) {
            return set;
        }
        List<RunningRuntimes.Entry> up = context.runtimes().all();
        return up.size() == 1 ? up.get(0).endpoint().toString() : null;
    }

    private static String version() {
        return build().getProperty("version");
    }

    private static Properties build() {
        Properties build = new Properties();
        try (InputStream file = VersionCommand.class.getResourceAsStream("/dev/ingestkit/cli/build.properties")) {
            build.load(requireNonNull(file, "build.properties is part of the jar"));
        } catch (IOException unreadable) {
            throw new UncheckedIOException("cannot read build.properties", unreadable);
        }
        return build;
    }

    /** For {@code --version}: one line. */
    public static final class Provider implements IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {"ingest-cli " + version()};
        }
    }
}
