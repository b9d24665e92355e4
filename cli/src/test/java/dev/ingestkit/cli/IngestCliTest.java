package dev.ingestkit.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ingestkit.cli.output.Terminal;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class IngestCliTest {

    @TempDir
    Path home;

    @Test
    void theToolAlonePrintsItsCommands() {
        CliRun.Result result = new CliRun(home).run();

        assertThat(result.exit()).isZero();
        assertThat(result.err()).isEmpty();
        assertThat(result.out()).contains("Commands:").contains("  up ").contains("  dlq ");
    }

    @Test
    void suggestsNearNamesForAMistypedCommand() {
        CliRun.Result result = new CliRun(home).run("statsu");

        assertThat(result.exit()).isEqualTo(2);
        assertThat(result.out()).isEmpty();
        assertThat(result.err())
                .startsWith("error: Unmatched argument at index 0: 'statsu'\n")
                .contains("hint:  did you mean: status\n");
    }

    @Test
    void namesTheOptionThatChoosesARuntimeByItsPort() {
        assertThat(new CliRun(home).run("status", "--port", "4802").err())
                .contains("hint:  name a runtime by its address: --endpoint-url http://localhost:4802\n");
        assertThat(new CliRun(home).run("status", "--port=4802").err())
                .contains("--endpoint-url http://localhost:4802\n");
        assertThat(new CliRun(home).run("version", "--port", "4802").err()).doesNotContain("--endpoint-url");
    }

    @Test
    void reportsWrongUsageAsOneJsonObject() {
        CliRun.Result result = new CliRun(home).run("-o", "json", "version", "--no-such-option");

        assertThat(result.exit()).isEqualTo(2);
        assertThat(result.err())
                .startsWith("{\"error\":{\"code\":\"WRONG_USAGE\",\"category\":\"USAGE\"")
                .containsOnlyOnce("\n");
    }

    @Test
    void acceptsOptionsBeforeAndAfterTheCommand() {
        String before = new CliRun(home).run("-o", "json", "version").out();
        String after = new CliRun(home).run("version", "-o", "json").out();

        assertThat(before).isEqualTo(after).startsWith("{\n  \"version\" : ");
    }

    @Test
    void readsNoFileForAnArgumentThatStartsWithAnAtSign() {
        CliRun.Result result = new CliRun(home).run("trace", "@order.json");

        assertThat(result.exit()).isEqualTo(4);
        assertThat(result.err()).startsWith("error: no pipeline is running on this machine\n");
    }

    @Test
    void suggestsARemedyWhenNothingRuns() {
        CliRun.Result result = new CliRun(home).run("status", "-o", "json");

        assertThat(result.exit()).isEqualTo(4);
        assertThat(result.out()).isEmpty();
        assertThat(result.err()).contains("\"code\":\"NOTHING_RUNS\"").contains("ingest-cli up --detach");
    }

    @Test
    void helpIsColoredOnATerminalUnlessDisabled() {
        Terminal screen = new Terminal(true, true, true, 100, true, true);

        assertThat(new CliRun(home).terminal(screen).run("dlq", "--help").out()).contains("\033[");
        assertThat(new CliRun(home)
                        .terminal(screen)
                        .run("--color", "never", "dlq", "--help")
                        .out())
                .doesNotContain("\033");
        assertThat(new CliRun(home)
                        .terminal(screen)
                        .run("dlq", "--color=never", "--help")
                        .out())
                .doesNotContain("\033");
        assertThat(new CliRun(home)
                        .terminal(screen)
                        .variable("INGEST_COLOR", "never")
                        .run("dlq", "--help")
                        .out())
                .doesNotContain("\033");
        assertThat(new CliRun(home).run("--color", "always", "dlq", "--help").out())
                .contains("\033[");
    }

    @Test
    void helpPagesArePlainTextOnATerminal() {
        Terminal screen = new Terminal(true, true, true, 100, true, true);

        assertThat(new CliRun(home).terminal(screen).run("help", "dlq", "list").out())
                .startsWith("Lists")
                .doesNotContain("\033", "\ufffd");
    }

    @Test
    void anInvalidPortIsWrongUsage() {
        for (String command : List.of("up", "demo")) {
            CliRun.Result result = new CliRun(home).run(command, "--port", "70000");

            assertThat(result.exit()).isEqualTo(2);
            assertThat(result.err()).isEqualTo("error: --port: '70000' is not a valid port (0 to 65535)\n");
        }
    }

    @Test
    void anInvalidFaultIsWrongUsageBeforeAnythingStarts() {
        CliRun.Result result = new CliRun(home).run("up", "--port", "0", "--fault", "bogus");

        assertThat(result.exit()).isEqualTo(2);
        assertThat(result.err()).startsWith("error: --fault: fault 'bogus': it must begin with STAGE:KIND");
    }

    @Test
    void anUnknownKindOfStepIsNamed() {
        CliRun.Result result = new CliRun(home).run("tail", "--kind", "nosuch");

        assertThat(result.exit()).isEqualTo(2);
        assertThat(result.err()).startsWith("error: --kind 'nosuch' is not one of accepted, rejected, put, ");
    }

    @Test
    void everyHelpPageHasAnExample() {
        for (CommandCatalog.Entry entry : CommandCatalog.ENTRIES) {
            CliRun.Result result = new CliRun(home).run(entry.name(), "--help");

            assertThat(result.exit()).as(entry.name()).isZero();
            assertThat(result.out())
                    .as(entry.name())
                    .containsPattern("\nExamples:\n  \\S")
                    .contains("ingest-cli " + entry.name());
        }
    }
}
