package dev.ingestkit.cli.command.runtime;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.ingestkit.cli.aws.RunningRuntimes;
import dev.ingestkit.cli.command.Interruption;
import dev.ingestkit.cli.command.Waiting;
import dev.ingestkit.cli.context.CliContext;
import dev.ingestkit.cli.output.CliException;
import dev.ingestkit.cli.output.ExitCode;
import dev.ingestkit.cli.output.Progress;
import dev.ingestkit.local.events.Json;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Starts a runtime in a process that outlives this one and its terminal: in a session of its own if the machine has
 * {@code setsid} (Linux), otherwise ignoring the terminal's hang-up. Ctrl-C during the start stops the process.
 */
final class DetachedStart {

    /** The log of a start, with the id of the runtime's process, or of the one that launches it. */
    private static final Pattern LOG = Pattern.compile("up-\\d+-(\\d+)\\.log");

    /** The number of log lines that hold an error with its cause and hints. */
    private static final int LAST_LINES = 8;

    private static final Duration READY_TIMEOUT = Duration.ofSeconds(60);
    /** The number of logs of stopped runtimes that are kept. */
    private static final int KEPT_LOGS = 5;

    private final CliContext context;

    DetachedStart(CliContext context) {
        this.context = requireNonNull(context, "context");
    }

    /**
     * Starts the runtime and waits until it is ready.
     *
     * @param arguments the command line without {@code --detach}
     */
    RunningRuntimes.Entry start(int port, List<String> arguments) {
        RunningRuntimes runtimes = context.runtimes();
        Path begun = log(runtimes.folder(), port, ProcessHandle.current().pid());
        Process process;
        Path log;
        boolean decided;
        try (Interruption interruption = new Interruption();
                Progress progress = context.output().progress("starting")) {
            process = launch(arguments, begun);
            log = renamed(begun, log(runtimes.folder(), port, process.pid()));
            interruption.stopBy(process::destroy);
            context.output().detail("process %d is starting; its output goes to %s".formatted(process.pid(), log));
            decided = Waiting.until(
                    () -> {
                        progress.waiting();
                        return !process.isAlive() || find(runtimes, process).isPresent();
                    },
                    READY_TIMEOUT);
        }
        Optional<RunningRuntimes.Entry> entry = find(runtimes, process);
        if (entry.isPresent()) {
            return entry.get();
        }
        process.destroy();
        throw decided ? failure(process.exitValue(), log) : timedOut(log);
    }

    private static Path log(Path folder, int port, long process) {
        return folder.resolve("up-%d-%d.log".formatted(port, process));
    }

    /** Names a log after the runtime's process, so that it is kept while the runtime is running. */
    private static Path renamed(Path begun, Path log) {
        try {
            return Files.move(begun, log, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException open) {
            // Windows does not rename the file of an open log.
            return begun;
        }
    }

    private static Optional<RunningRuntimes.Entry> find(RunningRuntimes runtimes, Process process) {
        return runtimes.all().stream()
                .filter(entry -> entry.pid() == process.pid())
                .findFirst();
    }

    private Process launch(List<String> arguments, Path log) {
        List<String> command = new ArrayList<>(detaching());
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        command.addAll(RuntimeArchive.flags(context));
        command.addAll(List.of(
                "-cp",
                System.getProperty("java.class.path"),
                context.mainClass().getName()));
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(context.environment().workingDirectory().toFile())
                .redirectInput(ProcessBuilder.Redirect.from(nullDevice()))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().putAll(context.environment().variables());
        builder.environment().put("INGEST_TTY", "000");
        try {
            Files.createDirectories(requireNonNull(log.getParent()));
            Files.write(log, new byte[0]);
            removeOldLogs(requireNonNull(log.getParent()));
        } catch (IOException unwritable) {
            throw RunningRuntimes.unwritable(requireNonNull(log.getParent()), unwritable);
        }
        try {
            return builder.start();
        } catch (IOException failed) {
            throw new UncheckedIOException("cannot start " + command, failed);
        }
    }

    /** Keeps the logs of running processes and the latest ones of others. */
    static void removeOldLogs(Path folder) throws IOException {
        List<Path> old;
        try (Stream<Path> files = Files.list(folder)) {
            old = files.filter(DetachedStart::isLogOfStoppedProcess)
                    .sorted(Comparator.comparing(DetachedStart::changed).reversed())
                    .skip(KEPT_LOGS)
                    .toList();
        }
        for (Path log : old) {
            deleteUnlessOpen(log);
        }
    }

    private static void deleteUnlessOpen(Path log) {
        try {
            Files.deleteIfExists(log);
        } catch (IOException open) {
            // Windows does not delete an open file; a later start does.
            return;
        }
    }

    private static boolean isLogOfStoppedProcess(Path file) {
        Matcher log = LOG.matcher(String.valueOf(file.getFileName()));
        return log.matches()
                && ProcessHandle.of(Long.parseLong(log.group(1)))
                        .filter(ProcessHandle::isAlive)
                        .isEmpty();
    }

    private static FileTime changed(Path log) {
        try {
            return Files.getLastModifiedTime(log);
        } catch (IOException gone) {
            // Another start has removed it.
            return FileTime.fromMillis(0);
        }
    }

    /** Returns the program that detaches; it replaces itself by the JVM, so its process id is the JVM's. */
    private List<String> detaching() {
        String path = context.environment().variables().getOrDefault("PATH", "");
        for (String program : List.of("setsid", "nohup")) {
            for (String folder : path.split(File.pathSeparator, -1)) {
                Path file = Path.of(folder, program);
                if (Files.isExecutable(file)) {
                    return List.of(file.toString());
                }
            }
        }
        return List.of();
    }

    private static File nullDevice() {
        return new File(System.getProperty("os.name").startsWith("Windows") ? "NUL" : "/dev/null");
    }

    private static CliException timedOut(Path log) {
        return new CliException("CANNOT_START", ExitCode.ENVIRONMENT, "the runtime was not ready after 60 s")
                .because(String.join(" | ", lastLines(log)), null)
                .hint(fullOutput(log));
    }

    /** Returns the error that the process printed, the same as without {@code --detach}, exit code included. */
    static CliException failure(int status, Path log) {
        List<String> lines = lastLines(log);
        ExitCode exit = Arrays.stream(ExitCode.values())
                .filter(code -> code.status() == status && code != ExitCode.DONE)
                .findFirst()
                .orElse(ExitCode.ENVIRONMENT);
        Optional<CliException> structured = lines.stream()
                .filter(line -> line.startsWith("{\"error\":"))
                .findFirst()
                .flatMap(line -> structured(line, exit));
        if (structured.isPresent()) {
            return structured.get().hint(fullOutput(log));
        }
        Optional<String> error = marked(lines, "error: ").findFirst();
        if (error.isEmpty()) {
            return new CliException("CANNOT_START", exit, "the runtime stopped during its start")
                    .because(String.join(" | ", lines), null)
                    .hint(fullOutput(log));
        }
        CliException failure = new CliException("CANNOT_START", exit, error.get());
        Optional<String> cause = marked(lines, "cause: ").findFirst();
        if (cause.isPresent()) {
            failure = failure.because(cause.get(), null);
        }
        for (String hint : marked(lines, "hint:  ").toList()) {
            failure = failure.hint(hint);
        }
        return failure.hint(fullOutput(log));
    }

    /** Returns the error that the process printed for programs. */
    private static Optional<CliException> structured(String line, ExitCode exit) {
        JsonNode error;
        try {
            error = Json.mapper().readTree(line).path("error");
        } catch (JsonProcessingException cut) {
            return Optional.empty();
        }
        CliException failure = new CliException(
                error.path("code").asText(), exit, error.path("message").asText());
        if (error.has("cause")) {
            failure = failure.because(error.path("cause").asText(), null);
        }
        for (JsonNode hint : error.path("hints")) {
            failure = failure.hint(hint.asText());
        }
        return Optional.of(failure);
    }

    private static Stream<String> marked(List<String> lines, String mark) {
        return lines.stream().filter(line -> line.startsWith(mark)).map(line -> line.substring(mark.length()));
    }

    private static String fullOutput(Path log) {
        return "see the full output of the start in " + log;
    }

    private static List<String> lastLines(Path log) {
        try {
            List<String> lines = Files.readAllLines(log, StandardCharsets.UTF_8);
            return lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size());
        } catch (IOException unreadable) {
            return List.of("its output cannot be read: " + unreadable.getMessage());
        }
    }
}
