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

/** The output options, which every command accepts before or after its name. */
public final class OutputOptions {

    /** The choices of {@code --color}. */
    enum Color {
        AUTO,
        ALWAYS,
        NEVER
    }

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORMAT",
            scope = ScopeType.INHERIT,
            description = "The output format: table, json, ndjson, yaml, csv or name (default: table).")
    @Nullable
    OutputFormat format;

    @Option(
            names = "--query",
            paramLabel = "JMESPATH",
            scope = ScopeType.INHERIT,
            description = "Filters the output by this JMESPath expression.")
    @Nullable
    String query;

    @Option(
            names = {"-q", "--quiet"},
            scope = ScopeType.INHERIT,
            description = "Prints only errors on standard error.")
    boolean quiet;

    @Option(
            names = {"-v", "--verbose"},
            scope = ScopeType.INHERIT,
            description = "Prints details, such as the target and the origin of its choice.")
    boolean[] verbose = new boolean[0];

    @Option(names = "--stacktrace", scope = ScopeType.INHERIT, description = "Prints the stack trace of an error.")
    boolean stacktrace;

    @Option(
            names = "--color",
            paramLabel = "WHEN",
            scope = ScopeType.INHERIT,
            description = "auto, always or never (default: auto, which respects NO_COLOR and CLICOLOR_FORCE).")
    @Nullable
    Color color;

    /** Returns the checked settings. */
    public OutputSettings settings(Settings configured) {
        JsonQuery parsed = query == null ? null : JsonQuery.parse(query);
        return new OutputSettings(format(configured), parsed, quiet, verbose.length, stacktrace, program(configured));
    }

    /** Returns the settings without the query, for error reports. */
    public OutputSettings settingsForErrors(Settings configured) {
        return new OutputSettings(format(configured), null, quiet, verbose.length, stacktrace, program(configured));
    }

    /** Returns the settings that options alone decide, for reports of errors in the configuration. */
    public OutputSettings settingsForErrors() {
        return new OutputSettings(
                format == null ? OutputFormat.TABLE : format,
                null,
                quiet,
                verbose.length,
                stacktrace,
                OutputSettings.PROGRAM);
    }

    private static String program(Settings configured) {
        String called = configured.variables().getOrDefault("INGEST_COMMAND", "");
        return called.isBlank() ? OutputSettings.PROGRAM : called;
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
                    "%s: '%s' is not one of %s"
                            .formatted(
                                    setting.origin(),
                                    setting.value(),
                                    Arrays.toString(type.getEnumConstants()).toLowerCase(Locale.ROOT)));
        }
    }

    /** Returns the terminal with the user's choice of color. */
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
