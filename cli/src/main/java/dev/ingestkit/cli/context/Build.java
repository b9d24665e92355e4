package dev.ingestkit.cli.context;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/**
 * The build of this tool. Immutable.
 *
 * @param commit the commit, or {@code unknown}
 * @param committed the time of the commit; builds are reproducible and have no time of their own
 * @param sdk the version of the AWS SDK
 */
public record Build(String version, String commit, String committed, String sdk) {

    private static final String RESOURCE = "/dev/ingestkit/cli/build.properties";

    /** Reads the properties that the build writes into the jar. */
    public static Build read() {
        Properties build = new Properties();
        try (InputStream file = Build.class.getResourceAsStream(RESOURCE)) {
            build.load(requireNonNull(file, RESOURCE));
        } catch (IOException unreadable) {
            throw new UncheckedIOException("cannot read " + RESOURCE, unreadable);
        }
        return new Build(
                build.getProperty("version"),
                build.getProperty("commit"),
                build.getProperty("committed"),
                build.getProperty("sdk"));
    }
}
