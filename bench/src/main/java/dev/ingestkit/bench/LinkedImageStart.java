package dev.ingestkit.bench;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;

/**
 * Compares the launcher on the current JDK with the launcher on an image that {@code jlink} makes of the modules that
 * the tool needs. Both have their class archives; they run alternately, and each pair
 * gives a ratio.
 */
public final class LinkedImageStart {

    private static final int PAIRS = 15;

    /** {@code jdeps} cannot find these: TLS by elliptic curves, archives as file systems, a debugger in a function. */
    private static final String UNSEEN = "jdk.crypto.ec,jdk.zipfs,jdk.jdwp.agent";

    private LinkedImageStart() {}

    /** Runs the program; throws when the JDK has no modules to link or a command fails. */
    public static void main(String[] arguments) throws Exception {
        Report report = new Report("LinkedImageStart");
        Path jdk = Path.of(System.getProperty("java.home"));
        try (TemporaryFolder work = TemporaryFolder.create("linked-image")) {
            Path image = link(work.path().resolve("image"));
            report.figure("image MB", megabytes(image));
            report.figure("JDK MB", megabytes(jdk));
            try (ToolUnderTest onJdk = ToolUnderTest.prepare(jdk, Map.of());
                    ToolUnderTest onImage = ToolUnderTest.prepare(image, Map.of())) {
                for (String command : List.of("--help", "version")) {
                    compare(report, command, onJdk.command(command), onImage.command(command));
                }
            }
            report.end();
        }
    }

    private static Path link(Path image) {
        String jar = Pipeline.HOME.resolve("cli/target/ingest-cli.jar").toString();
        String modules = run("jdeps", "--ignore-missing-deps", "--multi-release", "17", "--print-module-deps", jar);
        run(
                "jlink",
                "--add-modules",
                modules.strip() + "," + UNSEEN,
                "--strip-debug",
                "--no-header-files",
                "--no-man-pages",
                "--generate-cds-archive",
                "--output",
                image.toString());
        return image;
    }

    private static String run(String name, String... arguments) {
        StringWriter out = new StringWriter();
        PrintWriter writer = new PrintWriter(out);
        ToolProvider tool = ToolProvider.findFirst(name)
                .orElseThrow(() -> new IllegalStateException("this Java has no " + name + ": a JDK is needed"));
        if (tool.run(writer, writer, arguments) != 0) {
            throw new IllegalStateException(name + " failed: " + out);
        }
        return out.toString();
    }

    private static void compare(Report report, String command, TimedCommand jdk, TimedCommand image)
            throws IOException, InterruptedException {
        List<Double> onJdk = new ArrayList<>();
        List<Double> onImage = new ArrayList<>();
        List<Double> ratios = new ArrayList<>();
        for (int pair = 0; pair < PAIRS; pair++) {
            onJdk.add(jdk.seconds());
            onImage.add(image.seconds());
            ratios.add(onImage.get(pair) / onJdk.get(pair));
        }
        report.figure(command + " on the JDK s", TimedCommand.median(onJdk));
        report.figure(command + " on the image s", TimedCommand.median(onImage));
        report.figure(command + " image / JDK", TimedCommand.median(ratios));
    }

    private static double megabytes(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            long bytes = 0;
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                bytes += Files.size(file);
            }
            return bytes / 1e6;
        }
    }
}
