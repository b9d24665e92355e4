package dev.ingestkit.cli.reference;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page docs/reference/cli.md is generated from the commands; run with -Dingest.update=true to write it. */
final class CliReferenceTest {

    private static final Path PAGE =
            Path.of(requireNonNull(System.getProperty("ingest.root"))).resolve("docs/reference/cli.md");

    private static final ManPage.Release RELEASE = new ManPage.Release("1.2.3", LocalDate.parse("2026-01-31"));

    @TempDir
    Path folder;

    @Test
    void thePageMatchesTheCommands() throws IOException {
        String page = MarkdownPage.of(ReferenceFiles.commands());
        if (Boolean.getBoolean("ingest.update")) {
            Files.writeString(PAGE, page);
        }

        assertThat(Files.readString(PAGE)).isEqualTo(page);
    }

    @Test
    void eachCommandHasAnExampleAndExitCodes() {
        List<CommandPage> commands = CommandPage.tree(ReferenceFiles.commands());

        assertThat(commands.stream().skip(1)).allSatisfy(command -> {
            assertThat(command.summary()).as(command.name()).matches(".*[.?]");
            assertThat(command.examples()).as(command.name()).anyMatch(line -> line.contains(command.name()));
            assertThat(command.exitCodes())
                    .as(command.name())
                    .extracting("term")
                    .contains("0", "2");
        });
    }

    @Test
    void eachCommandHasAManualPageWithEveryLineEscaped() throws IOException {
        ReferenceFiles.write(folder, RELEASE);

        for (CommandPage command : CommandPage.tree(ReferenceFiles.commands())) {
            String page = Files.readString(folder.resolve("man/man1").resolve(ManPage.fileName(command)));
            assertThat(page)
                    .contains(" 1 \"2026-01-31\" \"Ingest Kit 1.2.3\"")
                    .contains(".SH NAME\n")
                    .contains(".SH \"EXIT STATUS\"\n");
            assertThat(page.lines().filter(line -> line.startsWith(".")))
                    .allMatch(line -> line.matches("\\.(TH|SH|TP|br|nf|fi)( .*)?"));
            assertThat(page.chars())
                    .as(command.name())
                    .allMatch(letter -> letter == '\n' || (letter >= ' ' && letter < 127));
        }
    }

    @Test
    void bashCompletesCommandsAndOptionsByTheScript() throws Exception {
        ReferenceFiles.write(folder, RELEASE);

        assertThat(completed("ingest-cli dlq re")).contains("redrive");
        assertThat(completed("ingest-cli ins")).containsExactly("inspect");
        assertThat(completed("ingest-cli dlq list --lim")).containsExactly("--limit");
    }

    /** Returns bash's completions of the last word of a line. */
    private List<String> completed(String line) throws IOException, InterruptedException {
        String script = """
                source "$1"
                COMP_LINE=$2 COMP_POINT=${#2}
                read -ra COMP_WORDS <<<"$2"
                COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
                "$(complete -p ingest-cli | sed 's/.* -F \\([^ ]*\\) .*/\\1/')"
                printf '%s\\n' "${COMPREPLY[@]}"
                """;
        Process bash = new ProcessBuilder(
                        "bash",
                        "--norc",
                        "-c",
                        script,
                        "bash",
                        folder.resolve("completion/ingest-cli.bash").toString(),
                        line)
                // compopt complains when it is not called by the shell itself
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String out = new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        bash.waitFor();
        return out.lines().map(String::strip).toList();
    }
}
