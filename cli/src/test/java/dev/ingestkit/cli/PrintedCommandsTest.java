package dev.ingestkit.cli;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ingestkit.cli.context.CliEnvironment;
import dev.ingestkit.cli.output.Terminal;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** Every command line that a hint, a help page or a document shows is one that the tool accepts. */
final class PrintedCommandsTest {

    private static final Path ROOT = Path.of(requireNonNull(System.getProperty("ingest.root")));

    /** A string literal of Java, or a literal of one character, which may be a quote. */
    private static final Pattern LITERAL =
            Pattern.compile("\"([^\"\\\\]*+(?:\\\\.[^\"\\\\]*+)*+)\"|'(?:[^'\\\\]|\\\\.)'");

    /** A command line in a sentence: it ends where the sentence continues, at an operator of the shell, or at the end. */
    private static final Pattern COMMAND = Pattern.compile("(?<![\\w/-])ingest-cli ((?:'[^']*'|\"[^\"]*\"|"
            + "(?!, |; |: | then | without | in another| stops it|  +\\(| # )[^|&;)`<>'\"\\n])*)");

    private static final Pattern WORD = Pattern.compile("(?:'[^']*'|\"[^\"]*\"|[^\\s'\"])+");

    /** Words that follow the tool's name in prose. */
    private static final Set<String> PROSE = Set.of("of", "1");

    @TempDir
    Path home;

    private @Nullable CommandLine model;

    @Test
    void hintsAndExamplesAreCommandLinesOfTheTool() throws IOException {
        List<String> wrong = new ArrayList<>();
        int checked = 0;
        for (Path source : sources()) {
            for (String text : literals(Files.readString(source))) {
                checked += check(text, source.getFileName().toString(), wrong);
            }
        }

        assertThat(wrong).isEmpty();
        assertThat(checked).as("checked command lines").isGreaterThan(100);
    }

    @Test
    void documentsShowCommandLinesOfTheTool() throws IOException {
        List<String> wrong = new ArrayList<>();
        int checked = 0;
        for (Path page : pages()) {
            for (String line : shellLines(Files.readString(page))) {
                checked += check(line, page.getFileName().toString(), wrong);
            }
        }

        assertThat(wrong).isEmpty();
        assertThat(checked).as("checked command lines").isGreaterThan(100);
    }

    @Test
    void theConsoleShowsCommandLinesOfTheTool() throws IOException {
        List<String> wrong = new ArrayList<>();
        int checked = 0;
        for (Path page : files(ROOT.resolve("local/console/src/main/resources"), ".js")) {
            for (String line : consoleLines(Files.readString(page))) {
                checked += check(line, page.getFileName().toString(), wrong);
            }
        }

        assertThat(wrong).isEmpty();
        assertThat(checked).as("checked command lines").isGreaterThan(20);
    }

    /**
     * Returns the lines of a script; a condition in one is left out, any other value is {@code 1}, also that of an option
     * and that of the word beside a line.
     */
    private static List<String> consoleLines(String script) {
        String plain = script.replaceAll("\\$\\{option\\('(--[a-z-]+)', [^}]*\\)\\}", "$1 1")
                .replaceAll("cli\\('(ingest-cli [^'\\n]*)', ", "cli('$1 1', ");
        return Pattern.compile("'(ingest-cli [^'\\n]*)'|`(ingest-cli (?:\\$\\{[^}]*\\}|[^`\\n])*)`")
                .matcher(plain)
                .results()
                .map(match -> match.group(1) == null ? match.group(2) : match.group(1))
                .map(line ->
                        line.replaceAll("\\$\\{[^}]*[^?}]\\?[^?][^}]*\\}", "").replaceAll("\\$\\{[^}]*\\}", "1"))
                .toList();
    }

    private static List<Path> sources() throws IOException {
        List<Path> sources = new ArrayList<>(files(ROOT.resolve("cli/src/main/java"), ".java"));
        files(ROOT.resolve("local"), ".java").stream()
                .filter(file -> file.toString().contains("/src/main/"))
                .forEach(sources::add);
        return sources;
    }

    private static List<Path> pages() throws IOException {
        List<Path> pages = new ArrayList<>(files(ROOT.resolve("docs"), ".md"));
        pages.remove(ROOT.resolve("docs/reference/cli.md"));
        pages.add(ROOT.resolve("README.md"));
        return pages;
    }

    private static List<Path> files(Path folder, String suffix) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(suffix)).toList();
        }
    }

    /** Returns the literals of a source file, those of one expression joined; a value between them is {@code 1}. */
    private static List<String> literals(String source) {
        String joined = source.replaceAll(
                        "(?s)\\bdescription =\\s*(\\{.*?\\}|(\"[^\"\\\\]*+(?:\\\\.[^\"\\\\]*+)*+\"\\s*\\+?\\s*)+)", "")
                .replaceAll("(?<!\\\\)\"\\s*\\+\\s*\"", "")
                .replaceAll("([ =:])\"\\s*\\+ ", "$11\" ")
                .replaceAll("'\"\\s*\\+ ", "1\" ");
        return LITERAL.matcher(joined)
                .results()
                .filter(match -> match.group(1) != null)
                .map(match -> match.group(1).replace("\\\"", "\"").replace("\\n", "\n"))
                .filter(text -> text.contains("ingest-cli "))
                .toList();
    }

    /** Returns the lines of a page's shell blocks, with continued lines joined. */
    private static List<String> shellLines(String page) {
        return Pattern.compile("(?ms)^```sh[^\\n]*\\n(.*?)^```")
                .matcher(page)
                .results()
                .flatMap(block -> block.group(1).replace("\\\n", " ").lines())
                .filter(line -> line.contains("ingest-cli ") && !line.trim().startsWith("#"))
                .toList();
    }

    private int check(String text, String where, List<String> wrong) {
        int checked = 0;
        // The ids that xargs appends are missing in the text.
        Matcher command = COMMAND.matcher(text.contains("xargs ") ? text + " 1" : text);
        while (command.find()) {
            List<String> words = words(command.group(1));
            if (words.isEmpty() || PROSE.contains(words.get(0))) {
                continue;
            }
            checked++;
            error(words).ifPresent(reason -> wrong.add("%s: ingest-cli %s: %s".formatted(where, words, reason)));
        }
        return checked;
    }

    private static List<String> words(String command) {
        return WORD.matcher(command.replaceAll("(?<=\\w)%s$", "")
                        .replaceAll("(?<=[\\w'])%s ", " ")
                        .replaceAll("%[sd]", "1"))
                .results()
                .map(match -> match.group().replaceAll("['\"]", ""))
                .map(PrintedCommandsTest::sample)
                .toList();
    }

    /** Returns a value for a placeholder. */
    private static String sample(String word) {
        return word.replaceAll("\\$\\w+|\\$\\{\\w+}", "1").replaceAll("\\bPORT\\b|\\bN\\b", "4566");
    }

    private Optional<String> error(List<String> words) {
        try {
            commands().parseArgs(words.toArray(String[]::new));
            return Optional.empty();
        } catch (ParameterException refused) {
            return Optional.of(String.valueOf(refused.getMessage()));
        }
    }

    private CommandLine commands() {
        CommandLine made = model;
        if (made == null) {
            made = newModel();
            model = made;
        }
        return made;
    }

    private CommandLine newModel() {
        PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream());
        return IngestCli.commands(new CliEnvironment(
                        new ByteArrayInputStream(new byte[0]),
                        nowhere,
                        nowhere,
                        Map.of(),
                        Terminal.none(),
                        home,
                        home,
                        Clock.systemUTC()))
                .setExpandAtFiles(false)
                .setCaseInsensitiveEnumValuesAllowed(true);
    }
}
