package dev.ingestkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ingestkit.local.LocalRuntime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Lists events by a stack's time index: the result equals a scan of the whole table. */
final class RecentEventsByToolTest {

    private static final int EVENTS = 130;

    @TempDir
    private static Path folder;

    private static LocalRuntime runtime;

    @BeforeAll
    static void send() throws IOException {
        runtime = LocalRuntime.start(EmbeddedStack.config().withParameter("TimeIndex", "true"));
        Path input = folder.resolve("events.ndjson");
        Files.writeString(
                input,
                IntStream.range(0, EVENTS)
                        .mapToObj("{\"eventId\":\"recent-%d\"}"::formatted)
                        .collect(Collectors.joining("\n")));
        String ledger = folder.resolve("ledger").toString();
        assertThat(tool("send", input.toString(), "--ledger", ledger).exit()).isZero();
        assertThat(tool("verify", "--ledger", ledger, "--wait", "60s").exit()).isZero();
    }

    @AfterAll
    static void end() {
        runtime.close();
    }

    @Test
    void theTimeIndexFindsTheLatestEventsOfTheWholeTable() {
        List<String> byIndex = names("--since", "1h", "--limit", "7");
        List<String> byTable = names("--limit", "7");

        assertThat(byIndex).hasSize(7).isEqualTo(byTable);
    }

    @Test
    void eachEventOfAnIntervalIsListedOnce() {
        assertThat(names("--since", "1h", "--limit", "0"))
                .hasSize(EVENTS)
                .containsExactlyInAnyOrderElementsOf(names("--since", "2020-01-01", "--limit", "0"));
    }

    @Test
    void omittedEventsAreReported() {
        assertThat(tool("inspect", "--since", "1h", "--limit", "3").err())
                .contains("the latest 3 events; --limit 0 lists all since then");
        assertThat(tool("inspect", "--since", "1h", "--limit", String.valueOf(EVENTS))
                        .err())
                .doesNotContain("--limit 0");
    }

    private static List<String> names(String... options) {
        String[] line = new String[options.length + 3];
        line[0] = "inspect";
        line[1] = "-o";
        line[2] = "name";
        System.arraycopy(options, 0, line, 3, options.length);
        return tool(line).out().lines().toList();
    }

    private static Tool.Result tool(String... arguments) {
        String[] line = new String[arguments.length + 2];
        System.arraycopy(arguments, 0, line, 0, arguments.length);
        line[arguments.length] = "--endpoint-url";
        line[arguments.length + 1] = runtime.endpoint().toString();
        return new Tool(folder).run("", line);
    }
}
