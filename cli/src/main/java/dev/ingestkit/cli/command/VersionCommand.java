package dev.ingestkit.cli.command;

import static java.util.Objects.requireNonNull;

import dev.ingestkit.cli.CliContext;
import dev.ingestkit.cli.config.ConfigKey;
import dev.ingestkit.cli.target.RunningRuntimes;
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
     * What is printed; the field names are the JSON form.
     *
     * @param commit that was built; {@code unknown} when the build was not told
     * @param committed when that was: a build says no time of its own, so that two of them are equal
     * @param endpoint the runtime that is up, or what the endpoint is set to; null when there is none or several
     */
    record Version(
            String version,
            String commit,
            String committed,
            String java,
            String vendor,
            String sdk,
            String os,
            @Nullable String endpoint) {}

    @Override
    public void run() {
        Properties build = build();
        context.output()
                .one(new Version(
                        build.getProperty("version"),
                        build.getProperty("commit"),
                        build.getProperty("committed"),
                        System.getProperty("java.version"),
                        System.getProperty("java.vendor"),
                        build.getProperty("sdk"),
                        System.getProperty("os.name") + " " + System.getProperty("os.arch"),
                        endpoint()));
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
