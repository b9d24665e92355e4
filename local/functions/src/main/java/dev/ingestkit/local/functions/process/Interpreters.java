package dev.ingestkit.local.functions.process;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds this machine's interpreters on the search path. A program found there is asked once for its own path and
 * version, since version managers put scripts there that need the user's environment, which a function does not have.
 * Thread-safe.
 */
public final class Interpreters {

    private static final Logger LOG = LoggerFactory.getLogger(Interpreters.class);
    private static final int MAX_SECONDS = 10;
    private static final Interpreters OWN = new Interpreters(System.getenv().getOrDefault("PATH", ""));

    private final List<Path> searchPath;
    private final Map<String, Optional<Interpreter>> found = new ConcurrentHashMap<>();

    Interpreters(String searchPath) {
        List<Path> folders = new ArrayList<>();
        for (String folder : searchPath.split(File.pathSeparator, -1)) {
            try {
                if (!folder.isBlank()) {
                    folders.add(Path.of(folder));
                }
            } catch (InvalidPathException unusable) {
                LOG.debug("Cannot search '{}'", folder, unusable);
            }
        }
        this.searchPath = List.copyOf(folders);
    }

    /** Returns the interpreters on this process's search path. */
    public static Interpreters ofThisMachine() {
        return OWN;
    }

    /** Returns the interpreter for a Lambda runtime, the version that it names first; empty if there is none. */
    public Optional<Interpreter> find(String runtime) {
        Optional<Interpreter.Language> language = Interpreter.Language.of(runtime);
        return language.isEmpty()
                ? Optional.empty()
                : language.get().commands(runtime).stream()
                        .flatMap(command ->
                                found.computeIfAbsent(command, name -> search(language.get(), name)).stream())
                        .findFirst();
    }

    /**
     * Returns the reason why a function of a runtime other than Java does not run here; empty if it runs. Another version of
     * the language than the runtime's runs the function too.
     */
    public Optional<String> obstacle(String runtime) {
        if (find(runtime).isPresent()) {
            return Optional.empty();
        }
        return Optional.of(Interpreter.Language.of(runtime)
                .map(language -> "its runtime %s needs %s, but %s is not on the PATH"
                        .formatted(runtime, language.title(), language.command()))
                .orElse("its runtime %s is not run here (only Java, Python and Node.js are)".formatted(runtime)));
    }

    /**
     * Checks that a function runs here.
     *
     * @throws IllegalArgumentException if this machine lacks an interpreter for its runtime
     */
    public void requireRuns(String function, String runtime) {
        obstacle(runtime).ifPresent(reason -> {
            throw new IllegalArgumentException("function %s does not run here: %s".formatted(function, reason));
        });
    }

    private Optional<Interpreter> search(Interpreter.Language language, String command) {
        boolean windows = System.getProperty("os.name").toLowerCase(Locale.ROOT).contains("windows");
        String name = windows ? command + ".exe" : command;
        return searchPath.stream()
                .map(folder -> folder.resolve(name))
                .filter(file -> Files.isRegularFile(file) && Files.isExecutable(file))
                .flatMap(file -> ask(language, file).stream())
                .findFirst();
    }

    private static Optional<Interpreter> ask(Interpreter.Language language, Path program) {
        List<String> command = new ArrayList<>();
        command.add(program.toString());
        command.addAll(language.question());
        try {
            Process asked = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            asked.getOutputStream().close();
            if (!asked.waitFor(MAX_SECONDS, TimeUnit.SECONDS)) {
                asked.destroyForcibly();
                return Optional.empty();
            }
            List<String> answer = new String(asked.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .map(String::strip)
                    .filter(line -> !line.isEmpty())
                    .toList();
            return asked.exitValue() == 0 && answer.size() == 2
                    ? Optional.of(new Interpreter(language, Path.of(answer.get(0)), answer.get(1)))
                    : Optional.empty();
        } catch (IOException unusable) {
            LOG.debug("{} does not start", program, unusable);
            return Optional.empty();
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }
}
