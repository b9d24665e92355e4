package dev.ingestkit.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class IngestCliTest {

    @TempDir
    Path home;

    @Test
    void withoutACommandSaysWhatIsMissingAndWhereToLook() {
        CliRun.Result result = new CliRun(home).run();

        assertThat(result)
                .isEqualTo(new CliRun.Result(2, "", "error: Missing command\nhint:  see ingest-cli --help\n"));
    }

    @Test
    void namesWhatMayHaveBeenMeantByAMistypedCommand() {
        CliRun.Result result = new CliRun(home).run("statsu");

        assertThat(result.exit()).isEqualTo(2);
        assertThat(result.out()).isEmpty();
        assertThat(result.err())
                .startsWith("error: Unmatched argument at index 0: 'statsu'\n")
                .contains("hint:  did you mean: status\n");
    }

    @Test
    void reportsWrongUsageAsOneJsonObjectToPrograms() {
        CliRun.Result result = new CliRun(home).run("-o", "json", "version", "--no-such-option");

        assertThat(result.exit()).isEqualTo(2);
        assertThat(result.err())
                .startsWith("{\"error\":{\"code\":\"WRONG_USAGE\",\"category\":\"USAGE\"")
                .containsOnlyOnce("\n");
    }

    @Test
    void takesOptionsBeforeAndAfterTheCommand() {
        String before = new CliRun(home).run("-o", "json", "version").out();
        String after = new CliRun(home).run("version", "-o", "json").out();

        assertThat(before).isEqualTo(after).startsWith("{\n  \"version\" : ");
    }

    @Test
    void readsNoFileForAnArgumentThatBeginsWithAnAtSign() {
        CliRun.Result result = new CliRun(home).run("trace", "@order.json");

        assertThat(result.exit()).isEqualTo(4);
        assertThat(result.err()).startsWith("error: no pipeline is up on this machine\n");
    }

    @Test
    void saysWhatToDoWhenNothingRuns() {
        CliRun.Result result = new CliRun(home).run("status", "-o", "json");

        assertThat(result.exit()).isEqualTo(4);
        assertThat(result.out()).isEmpty();
        assertThat(result.err()).contains("\"code\":\"NOTHING_RUNS\"").contains("ingest-cli up --detach");
    }

    @Test
    void everyHelpPageHasAnExample() {
        for (Catalogue.Entry entry : Catalogue.ENTRIES) {
            CliRun.Result result = new CliRun(home).run(entry.name(), "--help");

            assertThat(result.exit()).as(entry.name()).isZero();
            assertThat(result.out())
                    .as(entry.name())
                    .containsPattern("\nExamples:\n  \\S")
                    .contains("ingest-cli " + entry.name());
        }
    }
}
