package dev.ingestkit.cli.command.tool;

import static java.util.Objects.requireNonNull;

import dev.ingestkit.cli.context.CliContext;
import dev.ingestkit.cli.output.CliException;
import dev.ingestkit.cli.output.ExitCode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Shows help on a command or a topic. */
@Command(
        name = "help",
        description = "Shows help on a command or a topic: formatting, templates, environment, exit-codes.",
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {"  ingest-cli help up", "  ingest-cli help dlq redrive", "  ingest-cli help exit-codes"})
public final class HelpCommand implements Runnable {

    private static final List<String> PAGES = List.of("formatting", "templates", "environment");

    private final CliContext context;

    @Parameters(arity = "0..*", paramLabel = "TOPIC", description = "A command or a topic.")
    List<String> topics = List.of();

    public HelpCommand(CliContext context) {
        this.context = requireNonNull(context, "context");
    }

    @Override
    public void run() {
        context.output().text(text());
    }

    private String text() {
        String topic = String.join(" ", topics);
        if (topic.equals("exit-codes")) {
            return exitCodes();
        }
        if (PAGES.contains(topic)) {
            return page(topic);
        }
        CommandLine command = context.commands();
        for (String name : topics) {
            command = command.getSubcommands().get(name);
            if (command == null) {
                throw new CliException("UNKNOWN_TOPIC", ExitCode.USAGE, "no help topic '%s'".formatted(topic))
                        .hint("topics: %s, exit-codes; commands: ingest-cli --help"
                                .formatted(String.join(", ", PAGES)));
            }
        }
        return usage(command);
    }

    private String usage(CommandLine command) {
        // Printed as plain text: no output may contain control characters, not even our own pages.
        return command.getUsageMessage(CommandLine.Help.Ansi.OFF);
    }

    private static String exitCodes() {
        StringBuilder page = new StringBuilder("Exit codes:\n\n");
        for (ExitCode code : ExitCode.values()) {
            page.append(String.format(Locale.ROOT, "  %3d  %s%n", code.status(), code.meaning()));
        }
        return page.toString();
    }

    private static String page(String name) {
        String resource = "/dev/ingestkit/cli/help/" + name + ".txt";
        try (InputStream file = requireNonNull(HelpCommand.class.getResourceAsStream(resource), resource)) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException("cannot read " + resource, unreadable);
        }
    }
}
