package dev.ingestkit.cli.doctor;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Runs a program of this machine and takes what it says. */
@FunctionalInterface
interface Commands {

    /** What a program that ran to its end has said on standard output, and its exit code. */
    record Said(int exit, String text) {
        public Said {
            requireNonNull(text, "text");
        }
    }

    /** Runs it; empty when there is no such program or it does not end in time. */
    Optional<Said> run(List<String> command);

    /** Runs programs as processes and gives each so many seconds. */
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
                return Optional.of(new Said(process.exitValue(), text.strip()));
            } catch (IOException absent) {
                return Optional.empty();
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                return Optional.empty();
            }
        };
    }
}
