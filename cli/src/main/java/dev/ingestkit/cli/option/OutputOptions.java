package dev.ingestkit.cli.option;

import dev.ingestkit.cli.config.ConfigKey;
import dev.ingestkit.cli.config.Settings;
import dev.ingestkit.cli.output.CliException;
import dev.ingestkit.cli.output.ExitCode;
import dev.ingestkit.cli.output.JsonQuery;
import dev.ingestkit.cli.output.OutputFormat;
import dev.ingestkit.cli.output.OutputSettings;
import dev.ingestkit.cli.output.Terminal;
import java.util.Arrays;
import java.util.Locale;
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
            description = "Format of the data: table, json, ndjson, yaml, csv or name (default: table).")
    @Nullable
    OutputFormat format;

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
            description = "Says more of what it does: which target was chosen, and by what.")
    boolean[] verbose = new boolean[0];

    @Option(names = "--stacktrace", scope = ScopeType.INHERIT, description = "Shows where an error came from.")
    boolean stacktrace;

    @Option(
            names = "--color",
            paramLabel = "WHEN",
            scope = ScopeType.INHERIT,
            description = "auto, always or never (default: auto; NO_COLOR and CLICOLOR_FORCE are heeded).")
    @Nullable
    Color color;

    /** The settings, checked. */
    public OutputSettings settings(Settings configured) {
        JsonQuery parsed = query == null ? null : JsonQuery.parse(query);
        return new OutputSettings(format(configured), parsed, quiet, verbose.length, stacktrace);
    }

    /** The settings without the query, for reporting an error. */
    public OutputSettings settingsForErrors(Settings configured) {
        return new OutputSettings(format(configured), null, quiet, verbose.length, stacktrace);
    }

    /** The settings as far as they are certain, for reporting an error in the others. */
    public OutputSettings settingsForErrors() {
        return new OutputSettings(
                format == null ? OutputFormat.TABLE : format, null, quiet, verbose.length, stacktrace);
    }

    private OutputFormat format(Settings configured) {
        return format == null ? value(OutputFormat.class, configured.get(ConfigKey.OUTPUT)) : format;
    }

    private static <E extends Enum<E>> E value(Class<E> type, Settings.Setting setting) {
        try {
            return Enum.valueOf(type, setting.value().toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException unknown) {
            throw new CliException(
                    "INVALID_SETTING",
                    ExitCode.USAGE,
                    "%s cannot be '%s'; it is one of %s"
                            .formatted(
                                    setting.origin(),
                                    setting.value(),
                                    Arrays.toString(type.getEnumConstants()).toLowerCase(Locale.ROOT)));
        }
    }

    /** The terminal with the user's word on colour. */
    public Terminal apply(Terminal terminal, Settings configured) {
        Color chosen = color == null ? value(Color.class, configured.get(ConfigKey.COLOR)) : color;
        Optional<Boolean> decided = switch (chosen) {
            case AUTO -> Optional.empty();
            case ALWAYS -> Optional.of(true);
            case NEVER -> Optional.of(false);
        };
        return decided.map(terminal::withColor).orElse(terminal);
    }
}
