package dev.ingestkit.bench;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A command as a user waits for it: a process from start to exit. Not thread-safe: its output goes to one file. */
final class TimedCommand {

    private static final Duration TIMEOUT = Duration.ofSeconds(60);

    private final Map<String, String> environment;
    private final List<String> command;

    /**
     * @param environment environment variables besides this process's
     * @param command program and arguments
     */
    TimedCommand(Map<String, String> environment, String... command) {
        this.environment = Map.copyOf(environment);
        this.command = List.of(command);
    }

    /**
     * Runs the command once without counting, then {@code runs} times.
     *
     * @return the median, in seconds
     */
    double median(int runs) throws IOException, InterruptedException {
        seconds();
        List<Double> times = new ArrayList<>();
        for (int run = 0; run < runs; run++) {
            times.add(seconds());
        }
        return median(times);
    }

    /** Returns the middle value; of an even number, the later of the two. */
    static double median(List<Double> values) {
        return values.stream().sorted().toList().get(values.size() / 2);
    }

    /**
     * Runs the command once.
     *
     * @return the elapsed time in seconds
     * @throws IllegalStateException when the command fails, with its output
     */
    double seconds() throws IOException, InterruptedException {
        File out = Pipeline.HOME.resolve("bench/target/command.log").toFile();
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(out)
                .redirectInput(new File("/dev/null"));
        builder.environment().putAll(environment);
        long began = System.nanoTime();
        Process process = builder.start();
        boolean ended = process.waitFor(TIMEOUT.toSeconds(), TimeUnit.SECONDS);
        double seconds = (System.nanoTime() - began) / 1e9;
        if (!ended || process.exitValue() != 0) {
            process.destroy();
            throw new IllegalStateException("%s failed: %s".formatted(command, Files.readString(out.toPath())));
        }
        return seconds;
    }
}
