package dev.ingestkit.cli.reference;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ScopeType;

/**
 * The reference of one command, independent of any format.
 *
 * @param name the full name: {@code ingest-cli dlq list}
 * @param purpose the description; its first line is the summary
 * @param examples the example command lines
 * @param arguments the labels and texts of the arguments
 * @param options the names and texts of the options, without the shared ones
 * @param exitCodes the exit codes and their meanings
 * @param commands the names and purposes of the subcommands
 */
record CommandPage(
        String name,
        List<String> purpose,
        String synopsis,
        List<String> examples,
        List<Entry> arguments,
        List<Entry> options,
        List<Entry> exitCodes,
        List<Entry> commands) {

    /** A term and its meaning. */
    record Entry(String term, String text) {

        Entry {
            requireNonNull(term, "term");
            requireNonNull(text, "text");
        }
    }

    /** Returns the pages of a command and of all its subcommands, in the order of the help. */
    static List<CommandPage> tree(CommandLine command) {
        List<CommandPage> pages = new ArrayList<>();
        add(command, pages);
        return pages;
    }

    private static void add(CommandLine command, List<CommandPage> pages) {
        pages.add(of(command.getCommandSpec()));
        command.getSubcommands().values().forEach(below -> add(below, pages));
    }

    private static CommandPage of(CommandSpec spec) {
        String synopsis = new CommandLine.Help(spec, CommandLine.Help.defaultColorScheme(Ansi.OFF)).synopsis(0);
        List<Entry> arguments = new ArrayList<>();
        for (PositionalParamSpec argument : spec.positionalParameters()) {
            arguments.add(new Entry(argument.paramLabel(), text(argument.description())));
        }
        List<Entry> options = new ArrayList<>();
        for (OptionSpec option : spec.options()) {
            boolean shared = option.scopeType() == ScopeType.INHERIT || option.usageHelp() || option.versionHelp();
            if (!option.hidden() && !shared) {
                options.add(entry(option));
            }
        }
        List<Entry> commands = new ArrayList<>();
        spec.subcommands()
                .forEach((name, below) -> commands.add(new Entry(
                        name, text(below.getCommandSpec().usageMessage().description()[0]))));
        return new CommandPage(
                spec.qualifiedName(),
                List.of(spec.usageMessage().description()),
                synopsis.strip(),
                examples(spec),
                arguments,
                options,
                codes(spec.usageMessage().exitCodeList()),
                commands);
    }

    /** Returns the options of every command, which are those of the root. */
    static List<Entry> shared(CommandLine root) {
        return root.getCommandSpec().options().stream()
                .filter(option -> !option.hidden())
                .map(CommandPage::entry)
                .toList();
    }

    private static List<String> examples(CommandSpec spec) {
        return List.of(spec.usageMessage().footer()).stream()
                .map(CommandPage::text)
                .map(String::strip)
                .toList();
    }

    private static List<Entry> codes(Map<String, String> codes) {
        return codes.entrySet().stream()
                .map(code -> new Entry(code.getKey().strip(), text(code.getValue())))
                .toList();
    }

    private static Entry entry(OptionSpec option) {
        String names = String.join(", ", option.names());
        String value = option.arity().max() == 0 ? "" : "=" + option.paramLabel();
        return new Entry(names + value, text(option.description()));
    }

    /** Joins lines, without picocli's escapes for line ends and percent signs. */
    private static String text(String... lines) {
        return String.join(" ", lines).replace("%n", " ").replace("%%", "%").strip();
    }

    /** Returns the first line of the purpose. */
    String summary() {
        return text(purpose.get(0));
    }
}
