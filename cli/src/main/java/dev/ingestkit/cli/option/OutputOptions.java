package dev.ingestkit.cli.option;

import dev.ingestkit.cli.output.JsonQuery;
import dev.ingestkit.cli.output.OutputFormat;
import dev.ingestkit.cli.output.OutputSettings;
import dev.ingestkit.cli.output.Terminal;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** How to be answered: the options of every command, before or after its name. */
public final class OutputOptions {

    /** When to use colour. */
    enum Color {
        AUTO,
        ALWAYS,
        NEVER
    }

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORMAT",
            scope = ScopeType.INHERIT,
            defaultValue = "table",
            description = "Format of the data: table, json, ndjson, yaml, csv or name (default: table).")
    OutputFormat format = OutputFormat.TABLE;

    @Option(
            names = "--query",
            paramLabel = "JMESPATH",
            scope = ScopeType.INHERIT,
            description = "Shows only what this JMESPath finds in the data.")
    @Nullable
    String query;

    @Option(
            names = {"-q", "--quiet"},
            scope = ScopeType.INHERIT,
            description = "Nothing on standard error but errors.")
    boolean quiet;

    @Option(
            names = {"-v", "--verbose"},
            scope = ScopeType.INHERIT,
            description = "Says what it does; twice: each request.")
    boolean[] verbose = new boolean[0];

    @Option(names = "--stacktrace", scope = ScopeType.INHERIT, description = "Shows where an error came from.")
    boolean stacktrace;

    @Option(
            names = "--color",
            paramLabel = "WHEN",
            scope = ScopeType.INHERIT,
            defaultValue = "auto",
            description = "auto, always or never (default: auto; NO_COLOR and CLICOLOR_FORCE are heeded).")
    Color color = Color.AUTO;

    /** The settings, checked. */
    public OutputSettings settings() {
        JsonQuery parsed = query == null ? null : JsonQuery.parse(query);
        return new OutputSettings(format, parsed, quiet, verbose.length, stacktrace);
    }

    /** The settings as far as they are certain, for reporting an error in the others. */
    public OutputSettings settingsForErrors() {
        return new OutputSettings(format, null, quiet, verbose.length, stacktrace);
    }

    /** The terminal with the user's word on colour. */
    public Terminal apply(Terminal terminal) {
        Optional<Boolean> decided = switch (color) {
            case AUTO -> Optional.empty();
            case ALWAYS -> Optional.of(true);
            case NEVER -> Optional.of(false);
        };
        return decided.map(terminal::withColor).orElse(terminal);
    }
}
