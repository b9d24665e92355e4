package dev.ingestkit.cli.command.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ingestkit.cli.CliRun;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TableCommandTest {

    @TempDir
    Path home;

    @Test
    void aDirectoryOfAnotherProgramIsRefusedAndNamed() throws Exception {
        Files.writeString(Files.createDirectories(home.resolve("mine")).resolve("notes.txt"), "mine");

        CliRun.Result result = new CliRun(home).run("table", "--port", "0", "--data", "mine");

        assertThat(result.exit()).isEqualTo(4);
        assertThat(result.err())
                .startsWith("error: the tables in '" + home.resolve("mine") + "' cannot be opened")
                .contains("holds other files, such as 'notes.txt': choose an empty or a new directory");
        assertThat(result.out()).isEmpty();
    }

    @Test
    void anInvalidPortIsWrongUsage() {
        CliRun.Result result = new CliRun(home).run("table", "--port", "70000");

        assertThat(result.exit()).isEqualTo(2);
        assertThat(result.err()).isEqualTo("error: --port: '70000' is not a valid port (0 to 65535)\n");
    }

    @Test
    void theReportTellsACallToTry() {
        assertThat(new TableReport("http://localhost:8000", "us-east-1", "", 1).text(0.5))
                .startsWith("DynamoDB is running at http://localhost:8000 (started in 0.5 s)\n")
                .contains("in memory")
                .endsWith("aws dynamodb list-tables --region us-east-1 --endpoint-url http://localhost:8000\n");
    }
}
