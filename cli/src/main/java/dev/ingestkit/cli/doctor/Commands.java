package dev.ingestkit.cli.doctor;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Runs programs of this machine and returns their output. */
@FunctionalInterface
interface Commands {

    /** The standard output of a program that finished, and its exit code. */
    record Result(int exit, String text) {
        public Result {
            requireNonNull(text, "text");
        }
    }

    /** Runs a program; returns empty if it does not exist or does not finish in time. */
    Optional<Result> run(List<String> command);

    /** Returns commands that run as processes with a timeout in seconds. */
    static Commands processes(int seconds) {
        return command -> {
            try {
                Process process = new ProcessBuilder(command)
                        .redirectError(ProcessBuilder.Redirect.DISCARD)
                        .start();
                process.getOutputStream().close();
                if (!process.waitFor(seconds, TimeUnit.SECONDS)) {
                    process.destroyForcibly();
                    return Optional.empty();
                }
                String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
                return Optional.of(new Result(process.exitValue(), text.strip()));
            } catch (IOException absent) {
                return Optional.empty();
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                return Optional.empty();
            }
        };
    }
}
