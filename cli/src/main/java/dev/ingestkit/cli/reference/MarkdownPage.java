package dev.ingestkit.cli.reference;

import java.util.List;
import picocli.CommandLine;

/** Writes all commands as one page of Markdown. */
final class MarkdownPage {

    private final StringBuilder page = new StringBuilder();

    private MarkdownPage() {}

    /** Returns the page. */
    static String of(CommandLine root) {
        MarkdownPage writer = new MarkdownPage();
        writer.head(root);
        CommandPage.tree(root).stream().skip(1).forEach(writer::command);
        return writer.page.toString();
    }

    private void head(CommandLine root) {
        page.append("""
                # ingest-cli

                Every command with its options and exit codes, as `ingest-cli COMMAND --help` shows them. `CliReferenceTest`
                generates this page from the commands, and fails when it is out of date. For output formats, settings and
                exit codes in general see `ingest-cli help formatting`, `help environment` and `help exit-codes`.

                """);
        page.append("| command | purpose |\n| --- | --- |\n");
        for (CommandPage command : CommandPage.tree(root).stream().skip(1).toList()) {
            String anchor = command.name().replace(' ', '-');
            page.append("| [%s](#%s) | %s |\n".formatted(shortName(command), anchor, cell(command.summary())));
        }
        page.append("\n## Options of every command\n\nBefore or after the command's name.\n\n");
        table("option", CommandPage.shared(root));
    }

    private static String shortName(CommandPage command) {
        return command.name().substring(command.name().indexOf(' ') + 1);
    }

    private void command(CommandPage command) {
        page.append("\n## ").append(command.name()).append("\n\n");
        page.append(String.join("\n", command.purpose())).append("\n\n");
        page.append("```\n").append(command.synopsis()).append("\n```\n\n");
        page.append("```console\n");
        command.examples().forEach(example -> page.append("$ ").append(example).append('\n'));
        page.append("```\n");
        section("command", command.commands());
        section("argument", command.arguments());
        section("option", command.options());
        section("exit code", command.exitCodes());
    }

    private void section(String title, List<CommandPage.Entry> entries) {
        if (!entries.isEmpty()) {
            page.append('\n');
            table(title, entries);
        }
    }

    private void table(String title, List<CommandPage.Entry> entries) {
        page.append("| ").append(title).append(" | |\n| --- | --- |\n");
        for (CommandPage.Entry entry : entries) {
            page.append("| `%s` | %s |\n".formatted(cell(entry.term()), cell(entry.text())));
        }
    }

    private static String cell(String text) {
        return text.replace("|", "\\|").replace("<", "&lt;");
    }
}
