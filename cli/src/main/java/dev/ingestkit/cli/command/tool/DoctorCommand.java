package dev.ingestkit.cli.command.tool;

import static java.util.Objects.requireNonNull;

import dev.ingestkit.cli.aws.AwsClients;
import dev.ingestkit.cli.aws.HttpEndpointProbe;
import dev.ingestkit.cli.aws.Target;
import dev.ingestkit.cli.command.runtime.UpOptions;
import dev.ingestkit.cli.context.CliContext;
import dev.ingestkit.cli.context.CliEnvironment;
import dev.ingestkit.cli.doctor.Check;
import dev.ingestkit.cli.doctor.MachineChecks;
import dev.ingestkit.cli.doctor.TargetChecks;
import dev.ingestkit.cli.option.ConfirmOptions;
import dev.ingestkit.cli.option.ResourceOptions;
import dev.ingestkit.cli.option.TargetOptions;
import dev.ingestkit.cli.output.CliException;
import dev.ingestkit.cli.output.Column;
import dev.ingestkit.cli.output.ExitCode;
import dev.ingestkit.cli.output.Output;
import dev.ingestkit.cli.output.OutputFormat;
import dev.ingestkit.cli.output.OutputSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Checks the machine and the target. */
@Command(
        name = "doctor",
        description = {
            "Checks the machine and the target, and suggests fixes. Exits with 1 on a failure.",
            "Sends a probe event through the kit's own pipeline and deletes it afterwards; on AWS only with --probe.",
            "Skips checks of parts that a stack of your own does not have.",
            "With --against, compares the target with another endpoint instead. Makes the same calls to Kinesis, DynamoDB,"
                    + " SQS, Secrets Manager, Lambda and CloudFormation on both, with resources of its own that it"
                    + " deletes afterwards, and compares the resources of the two stacks. Prints the rows that differ;"
                    + " on AWS it asks first."
        },
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {
            "  ingest-cli doctor",
            "  ingest-cli doctor --profile staging",
            "  ingest-cli doctor -o json",
            "  ingest-cli doctor --against http://localhost:4567",
            "  ingest-cli doctor --against staging --yes -o json"
        })
public final class DoctorCommand implements Runnable {

    private static final List<Column> COLUMNS = List.of(
            Column.of("CHECK", "check"),
            Column.of("STATUS", "status"),
            Column.of("FOUND", "message"),
            Column.of("FIX", "fix"));

    private final CliContext context;

    @Mixin
    TargetOptions targetOptions = new TargetOptions();

    @Mixin
    ResourceOptions resources = new ResourceOptions();

    @Option(names = "--probe", negatable = true, description = "Sends a probe event (default: yes, except on AWS).")
    @Nullable
    Boolean probe;

    @Option(
            names = "--against",
            paramLabel = "URL|PROFILE",
            description = "Compares the target with an endpoint, or with AWS by a profile.")
    @Nullable
    String against;

    @Option(names = "--all", description = "With --against, prints the rows that agree as well.")
    boolean all;

    @Mixin
    ConfirmOptions confirm = new ConfirmOptions();

    public DoctorCommand(CliContext context) {
        this.context = requireNonNull(context, "context");
    }

    /** A check; the components are its JSON form. */
    record Finding(String check, String status, String message, String fix) {
        static Finding of(Check check) {
            return new Finding(
                    check.id(), check.status().name().toLowerCase(Locale.ROOT), check.message(), check.fix());
        }
    }

    @Override
    public void run() {
        if (against != null) {
            new EndpointReport(context, targetOptions.request(), confirm).print(against, all);
            return;
        }
        List<Check> checks = new ArrayList<>(machine());
        checks.addAll(target());
        show(checks);
        String failed = checks.stream()
                .filter(check -> check.status() == Check.Status.FAIL)
                .map(Check::id)
                .collect(Collectors.joining(", "));
        if (!failed.isEmpty()) {
            throw new CliException("UNHEALTHY", ExitCode.FAILED, "failed: " + failed);
        }
    }

    private void show(List<Check> checks) {
        Output output = context.output();
        OutputSettings settings = output.settings();
        if (output.terminal().stdout() && settings.format() == OutputFormat.TABLE && settings.query() == null) {
            output.text(DoctorPage.of(checks, output.columns()));
            return;
        }
        try (Output.Records records = output.list(COLUMNS)) {
            checks.stream().map(Finding::of).forEach(records::add);
        }
    }

    private List<Check> machine() {
        CliEnvironment environment = context.environment();
        return new MachineChecks(
                        environment.home(),
                        UpOptions.defaultTemplate(environment),
                        context.runtimes().folder(),
                        environment.variables(),
                        new HttpEndpointProbe())
                .all();
    }

    private List<Check> target() {
        Target found;
        try {
            found = context.target(targetOptions.request());
        } catch (CliException unclear) {
            // The absence of a target is reported as a check, so that the machine's checks are still shown.
            Check.Status status = unclear.code().equals("NOTHING_RUNS") ? Check.Status.SKIP : Check.Status.FAIL;
            return List.of(new Check("target", status, unclear.text(), String.join("; ", unclear.hints())));
        }
        boolean send = probe == null ? found.kind() != Target.Kind.AWS : probe;
        try (AwsClients clients = new AwsClients(found)) {
            return new TargetChecks(
                            clients,
                            resources.names(context.settings()),
                            context.environment().clock(),
                            send)
                    .all();
        }
    }
}
