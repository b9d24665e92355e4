package dev.ingestkit.cli.command.tool;

import static java.util.Objects.requireNonNull;

import dev.ingestkit.cli.command.CommandGroup;
import dev.ingestkit.cli.config.ConfigKey;
import dev.ingestkit.cli.config.Settings;
import dev.ingestkit.cli.context.CliContext;
import dev.ingestkit.cli.output.Column;
import dev.ingestkit.cli.output.Output;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Shows the tool's settings. */
@Command(
        name = "config",
        description = "Shows the tool's settings and their origins.",
        mixinStandardHelpOptions = true,
        subcommands = {ConfigCommand.Show.class, ConfigCommand.Paths.class},
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:shown", "2:a configuration file is invalid"},
        footerHeading = "%nExamples:%n",
        footer = {"  ingest-cli config show --origin", "  ingest-cli config path"})
public final class ConfigCommand extends CommandGroup {

    /** A setting; the components are its JSON form. */
    record Setting(String name, String value, String origin) {}

    /** Shows the settings as they apply without options on the command line. */
    @Command(
            name = "show",
            description = {
                "Shows the value of each setting.",
                "Precedence: option, environment variable, ./.ingest.yaml, user configuration file."
            },
            mixinStandardHelpOptions = true,
            exitCodeListHeading = "%nExit codes:%n",
            exitCodeList = {"0:shown", "2:a configuration file is invalid"},
            footerHeading = "%nExamples:%n",
            footer = {"  ingest-cli config show --origin", "  ingest-cli config show -o json"})
    public static final class Show implements Runnable {
        private final CliContext context;

        @Option(names = "--origin", description = "Also shows the origin: a variable, a file, or the default.")
        boolean origin;

        public Show(CliContext context) {
            this.context = requireNonNull(context, "context");
        }

        @Override
        public void run() {
            List<Column> columns = origin
                    ? List.of(Column.of("NAME", "name"), Column.of("VALUE", "value"), Column.of("ORIGIN", "origin"))
                    : List.of(Column.of("NAME", "name"), Column.of("VALUE", "value"));
            try (Output.Records records = context.output().list(columns)) {
                settings().forEach(records::add);
            }
        }

        private List<Setting> settings() {
            Settings set = context.settings();
            List<Setting> rows = new ArrayList<>();
            for (ConfigKey key : ConfigKey.values()) {
                Settings.Setting setting = set.get(key);
                String value = setting.value().isEmpty() ? fallback(key) : setting.value();
                rows.add(new Setting(key.key(), value, setting.origin()));
            }
            rows.add(new Setting("home", context.environment().home().toString(), homeOrigin()));
            return rows;
        }

        /** Returns the value that applies on this machine by default. */
        private String fallback(ConfigKey key) {
            Path home = context.environment().home();
            return switch (key) {
                case TEMPLATE -> {
                    Path here = context.environment().workingDirectory().resolve("template.yaml");
                    yield (Files.exists(here) ? here : home.resolve("template.yaml")).toString();
                }
                case STATE_DIR -> context.runtimes().folder().toString();
                default -> "";
            };
        }

        private String homeOrigin() {
            if (!context.environment().variables().containsKey("INGEST_HOME")) {
                return "working directory";
            }
            return context.environment().variables().containsKey("INGEST_HOME_BY_LAUNCHER")
                    ? "launcher"
                    : "INGEST_HOME";
        }
    }

    /** A configuration file; the components are its JSON form. */
    record File(String path, String scope, boolean exists) {}

    /** Lists the configuration files. */
    @Command(
            name = "path",
            description = "Lists the configuration files in order of precedence, and whether each exists.",
            mixinStandardHelpOptions = true,
            exitCodeListHeading = "%nExit codes:%n",
            exitCodeList = {"0:shown", "2:a configuration file is invalid"},
            footerHeading = "%nExamples:%n",
            footer = {"  ingest-cli config path", "  ingest-cli config path -o name"})
    public static final class Paths implements Runnable {
        private final CliContext context;

        public Paths(CliContext context) {
            this.context = requireNonNull(context, "context");
        }

        @Override
        public void run() {
            List<Path> paths = context.settings().files();
            try (Output.Records records = context.output()
                    .list(List.of(
                            Column.of("PATH", "path"), Column.of("SCOPE", "scope"), Column.of("EXISTS", "exists")))) {
                for (int file = 0; file < paths.size(); file++) {
                    Path path = paths.get(file);
                    records.add(new File(path.toString(), file == 0 ? "project" : "user", Files.exists(path)));
                }
            }
        }
    }
}
