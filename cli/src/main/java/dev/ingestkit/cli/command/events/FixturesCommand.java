package dev.ingestkit.cli.command.events;

import static java.util.Objects.requireNonNull;

import dev.ingestkit.cli.command.CommandGroup;
import dev.ingestkit.cli.command.FixtureOptions;
import dev.ingestkit.cli.context.CliContext;
import dev.ingestkit.cli.event.PayloadEdit;
import dev.ingestkit.cli.fixture.Fixture;
import dev.ingestkit.cli.fixture.FixtureSource;
import dev.ingestkit.cli.fixture.Fixtures;
import dev.ingestkit.cli.output.Column;
import dev.ingestkit.cli.output.Output;
import dev.ingestkit.cli.send.Chance;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Lists and shows the fixtures for {@code send --fixture}. */
@Command(
        name = "fixtures",
        description = "Lists and shows the fixtures for send --fixture: built-in and your own.",
        mixinStandardHelpOptions = true,
        subcommands = {FixturesCommand.Names.class, FixturesCommand.Show.class},
        footerHeading = "%nExamples:%n",
        footer = {
            "  ingest-cli fixtures list",
            "  ingest-cli fixtures show order-created",
            "  ingest-cli fixtures show order-created --example --seed 7"
        })
public final class FixturesCommand extends CommandGroup {

    private static final List<Column> COLUMNS =
            List.of(Column.of("NAME", "name"), Column.of("ORIGIN", "origin"), Column.of("WHAT", "description"));

    /** A fixture in the list; the components are its JSON form. */
    record Row(String name, String origin, String description) {}

    /** Lists the fixtures. */
    @Command(
            name = "list",
            description = "Lists the fixtures.",
            mixinStandardHelpOptions = true,
            footerHeading = "%nExamples:%n",
            footer = {"  ingest-cli fixtures list", "  ingest-cli fixtures list --fixtures test/events -o name"})
    public static final class Names implements Runnable {
        private final CliContext context;

        @Mixin
        FixtureOptions fixtures = new FixtureOptions();

        public Names(CliContext context) {
            this.context = requireNonNull(context, "context");
        }

        @Override
        public void run() {
            Fixtures all = fixtures.in(context.environment().workingDirectory());
            try (Output.Records rows = context.output().list(COLUMNS)) {
                for (Fixture fixture : all.all()) {
                    rows.add(new Row(fixture.name(), fixture.origin(), fixture.description()));
                }
            }
        }
    }

    /** Shows one fixture. */
    @Command(
            name = "show",
            description = "Shows the source of a fixture, or an event made from it.",
            mixinStandardHelpOptions = true,
            footerHeading = "%nExamples:%n",
            footer = {
                "  ingest-cli fixtures show order-created > .ingest/fixtures/my-order.json",
                "  ingest-cli fixtures show order-created --example --seed 7"
            })
    public static final class Show implements Runnable {
        private final CliContext context;

        @Mixin
        FixtureOptions fixtures = new FixtureOptions();

        @Parameters(paramLabel = "NAME", description = "A fixture's name, as fixtures list shows it.")
        String name = "";

        @Option(
                names = "--example",
                description = "Shows an event made from the fixture, exactly as send would post it.")
        boolean example;

        @Option(names = "--seed", paramLabel = "N", description = "The seed; the same seed makes the same example.")
        @Nullable
        Long seed;

        public Show(CliContext context) {
            this.context = requireNonNull(context, "context");
        }

        @Override
        public void run() {
            List<Fixture> found =
                    fixtures.in(context.environment().workingDirectory()).named(List.of(name));
            byte[] content = found.get(0).template();
            if (example || seed != null) {
                Chance chance = new Chance(context.environment().clock(), seed);
                content = new FixtureSource(found, PayloadEdit.parse(List.of()), chance)
                        .next()
                        .orElseThrow();
            }
            String text = new String(content, StandardCharsets.UTF_8);
            context.output().text(text.endsWith("\n") ? text : text + "\n");
        }
    }
}
