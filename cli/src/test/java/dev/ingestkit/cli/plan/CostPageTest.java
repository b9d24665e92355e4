package dev.ingestkit.cli.plan;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The tables of docs/reference/cost-and-capacity.md are generated; run with -Dingest.update=true to write them. */
final class CostPageTest {

    private static final Path PAGE =
            Path.of(requireNonNull(System.getProperty("ingest.root"))).resolve("docs/reference/cost-and-capacity.md");
    private static final PriceList PRICES = PriceList.ofTheTool();
    private static final Assumptions ASSUMED = Assumptions.DEFAULT;

    @Test
    void tablesOfThePageAreTheProgramsOwn() throws IOException {
        String page = Files.readString(PAGE);
        for (String name : List.of("prices", "events", "bill", "provisioned", "on-demand")) {
            page = replaced(page, name, table(name));
        }
        if (Boolean.getBoolean("ingest.update")) {
            Files.writeString(PAGE, page);
        }

        assertThat(page)
                .as("run: mvn -pl cli -am test -Dtest=CostPageTest -Dingest.update=true")
                .isEqualTo(Files.readString(PAGE));
    }

    private static String replaced(String page, String name, String table) {
        String begin = "<!-- table: " + name + " -->\n";
        String end = "<!-- end -->";
        int from = page.indexOf(begin);
        assertThat(from).as("the page has the table " + name).isNotNegative();
        int to = page.indexOf(end, from);
        return page.substring(0, from + begin.length()) + table + page.substring(to);
    }

    private static String table(String name) {
        return switch (name) {
            case "prices" -> "%s, as of %s.\n".formatted(capital(PRICES.source()), PRICES.asOf());
            case "events" -> events();
            case "bill" -> bill();
            case "provisioned" -> steps(CapacityMode.PROVISIONED);
            default -> steps(CapacityMode.ON_DEMAND);
        };
    }

    private static String capital(String text) {
        return text.substring(0, 1).toUpperCase(java.util.Locale.ROOT) + text.substring(1);
    }

    private static String events() {
        StringBuilder table = new StringBuilder("""
            | events/s | size | mode | shards | parallelization | writer MB | concurrency | USD/million | USD/month |
            | ---: | ---: | --- | ---: | ---: | ---: | ---: | ---: | ---: |
            """);
        for (long[] load : new long[][] {{10, 1}, {100, 1}, {1_000, 1}, {2_000, 4}, {10_000, 1}, {100, 100}}) {
            for (CapacityMode mode : CapacityMode.values()) {
                Plan plan = Plan.of(new Load(load[0], load[1] * 1_024), mode, ASSUMED, PRICES);
                Capacity needed = plan.capacity();
                table.append("| %,d | %d KB | %s | %,d | %d | %,d | %,d | %.2f | %,.0f |\n"
                        .formatted(
                                load[0],
                                load[1],
                                mode,
                                needed.shards(),
                                needed.parallelization(),
                                needed.memoryMegabytes(),
                                needed.concurrency(),
                                plan.price().perMillion().doubleValue(),
                                plan.price().perMonth().doubleValue()));
            }
        }
        return table.toString();
    }

    private static String bill() {
        StringBuilder table = new StringBuilder("""
            | service | what | quantity | unit | USD/month |
            | --- | --- | ---: | --- | ---: |
            """);
        for (CostItem item : Plan.of(new Load(1_000, 1_024), CapacityMode.PROVISIONED, ASSUMED, PRICES)
                .details()
                .costs()) {
            table.append("| %s | %s | %,.0f | %s | %,.2f |\n"
                    .formatted(
                            item.service(),
                            item.what(),
                            item.quantity().doubleValue(),
                            item.unit(),
                            item.perMonth().doubleValue()));
        }
        return table.toString();
    }

    private static String steps(CapacityMode mode) {
        StringBuilder table = new StringBuilder("""
            | events/s | shards | concurrency | USD/million | USD/month | first quota on the way | ask for |
            | ---: | ---: | ---: | ---: | ---: | --- | --- |
            """);
        for (Step step : Step.upTo(mode, 1_024, ASSUMED, PRICES)) {
            table.append("| %,d | %,d | %,d | %.2f | %,.0f | %s | %s |\n"
                    .formatted(
                            step.eventsPerSecond(),
                            step.shards(),
                            step.concurrency(),
                            step.price().perMillion().doubleValue(),
                            step.price().perMonth().doubleValue(),
                            step.quota(),
                            step.ask()));
        }
        return table.toString();
    }
}
