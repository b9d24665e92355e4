package dev.ingestkit.cli.command;

import static java.util.Objects.requireNonNull;

import dev.ingestkit.cli.CliContext;
import dev.ingestkit.cli.doctor.MachineChecks;
import dev.ingestkit.cli.output.Column;
import dev.ingestkit.cli.output.Output;
import dev.ingestkit.cli.target.TargetResolver;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What the tool is set to. */
@Command(
        name = "config",
        description = "Shows what the tool is set to, and what set it.",
        mixinStandardHelpOptions = true,
        subcommands = ConfigCommand.Show.class,
        footerHeading = "%nExamples:%n",
        footer = "  ingest-cli config show --origin")
public final class ConfigCommand implements Runnable {

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before anything runs
    CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Missing command: show");
    }

    /** A setting; the components are its JSON form. */
    record Setting(String name, String value, String origin) {}

    /** Shows the settings that no option of a command line has changed. */
    @Command(
            name = "show",
            description = "Shows each setting's value.",
            mixinStandardHelpOptions = true,
            footerHeading = "%nExamples:%n",
            footer = {"  ingest-cli config show --origin", "  ingest-cli config show -o json"})
    public static final class Show implements Runnable {
        private final CliContext context;

        @Option(names = "--origin", description = "Also shows what set it: a variable, or a default.")
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
            Path home = context.environment().home();
            Path here = context.environment().workingDirectory().resolve("template.yaml");
            Setting template = Files.exists(here)
                    ? new Setting("template", here.toString(), "working directory")
                    : new Setting("template", home.resolve("template.yaml").toString(), "home");
            return List.of(
                    of("endpoint", "", "INGEST_ENDPOINT_URL", "INGEST_ENDPOINT", "AWS_ENDPOINT_URL"),
                    of("target", "local", "INGEST_TARGET"),
                    of("stack", TargetResolver.DEFAULT_STACK, "INGEST_STACK"),
                    of("region", "us-east-1", "INGEST_REGION", "AWS_REGION", "AWS_DEFAULT_REGION"),
                    of("profile", "", "INGEST_PROFILE", "AWS_PROFILE"),
                    of("home", home.toString(), "INGEST_HOME"),
                    template,
                    of(
                            "dynamodb-home",
                            MachineChecks.dynamoDbHome(home, Map.of()).toString(),
                            "INGEST_DYNAMODB_HOME"),
                    of("state-dir", context.runtimes().folder().toString(), "INGEST_STATE_DIR", "XDG_STATE_HOME"));
        }

        /** The first variable that is set, else the default. A folder is shown as it is used, not as the variable says. */
        private Setting of(String name, String fallback, String... variables) {
            Map<String, String> set = context.environment().variables();
            return Stream.of(variables)
                    .filter(variable -> !set.getOrDefault(variable, "").isBlank())
                    .findFirst()
                    .map(variable -> new Setting(
                            name, name.equals("state-dir") ? fallback : set.getOrDefault(variable, ""), variable))
                    .orElseGet(() -> new Setting(name, fallback, "default"));
        }
    }
}
