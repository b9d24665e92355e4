package dev.ingestkit.cli.command.dlq;

import static java.util.Objects.requireNonNull;

import dev.ingestkit.cli.aws.AwsClients;
import dev.ingestkit.cli.aws.StackResources;
import dev.ingestkit.cli.aws.Target;
import dev.ingestkit.cli.aws.TargetRequest;
import dev.ingestkit.cli.capsule.CapsuleFiles;
import dev.ingestkit.cli.capsule.DeadLetterCapsules;
import dev.ingestkit.cli.capsule.ScrubRules;
import dev.ingestkit.cli.command.Interruption;
import dev.ingestkit.cli.command.capsule.SavedCapsule;
import dev.ingestkit.cli.context.CliContext;
import dev.ingestkit.cli.deadletter.DeadLetterQueue;
import dev.ingestkit.cli.deadletter.DeadLetterQueue.ReceivedMessage;
import dev.ingestkit.cli.deadletter.DeadLetterScan;
import dev.ingestkit.cli.deadletter.DeadLetterSummary;
import dev.ingestkit.cli.deadletter.DeadLetterVisitor.Step;
import dev.ingestkit.cli.deadletter.MessageIds;
import dev.ingestkit.cli.deadletter.Recovery;
import dev.ingestkit.cli.deadletter.Selection;
import dev.ingestkit.cli.option.DeadLetterOptions;
import dev.ingestkit.cli.option.ResourceOptions;
import dev.ingestkit.cli.option.TargetOptions;
import dev.ingestkit.cli.output.CliException;
import dev.ingestkit.cli.output.Column;
import dev.ingestkit.cli.output.ExitCode;
import dev.ingestkit.cli.output.Output;
import dev.ingestkit.cli.output.Text;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Saves the records of dead letters as capsules and leaves the dead letters where they are. */
@Command(
        name = "pull",
        description = {
            "Saves the records of dead letters as capsules, scrubbed by rules; the dead letters stay in the queue.",
            "Needs only the read-only policy that --policy prints. Each pull counts as a receive: a message that exceeds the"
                    + " maxReceiveCount of its queue moves to the next queue."
        },
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:all saved", "3:some are not saved: their records have expired, or their format is unknown"},
        footerHeading = "%nExamples:%n",
        footer = {
            "  ingest-cli dlq pull --from aws --rules scrub.json --since 2h",
            "  ingest-cli dlq pull 7f3c9a2e --profile prod --rules scrub.json --name bad-total",
            "  ingest-cli dlq pull --policy >pull-policy.json"
        })
public final class DlqPullCommand implements Callable<Integer> {

    /** The origins of dead letters that {@code --from} names. */
    enum Origin {
        aws
    }

    private static final String POLICY = "/dev/ingestkit/cli/pull/policy.json";

    private final CliContext context;

    @Mixin
    TargetOptions targetOptions = new TargetOptions();

    @Mixin
    ResourceOptions resources = new ResourceOptions();

    @Mixin
    DeadLetterOptions deadLetters = new DeadLetterOptions();

    @Parameters(
            arity = "0..*",
            paramLabel = "MESSAGE",
            description = "Pulls only these messages; the beginning of an id is enough.")
    List<String> messages = new ArrayList<>();

    @Option(
            names = "--from",
            paramLabel = "aws",
            description = "Pulls from AWS, like --aws; --endpoint-url overrides it.")
    @Nullable
    Origin from;

    @Option(
            names = "--rules",
            paramLabel = "FILE",
            description = "Scrubs the records by the rules in this file; on AWS, this option or --as-is is required.")
    @Nullable
    Path rules;

    @Option(names = "--as-is", description = "Saves the records unchanged.")
    boolean asIs;

    @Option(names = "--name", paramLabel = "NAME", description = "The capsule's name, if one dead letter is pulled.")
    @Nullable
    String name;

    @Option(
            names = {"-n", "--max"},
            paramLabel = "N",
            description = "Pulls at most N messages (default: ${DEFAULT-VALUE}).")
    int max = 20;

    @Option(names = "--policy", description = "Prints the read-only IAM policy that this command needs.")
    boolean policy;

    public DlqPullCommand(CliContext context) {
        this.context = requireNonNull(context, "context");
    }

    @Override
    public Integer call() {
        if (policy) {
            context.output().text(policy());
            return ExitCode.DONE.status();
        }
        if (max < 1) {
            throw new CliException("USAGE", ExitCode.USAGE, "--max must be at least 1");
        }
        Target target = context.target(request());
        ScrubRules scrubbing = rules(target);
        try (AwsClients clients = new AwsClients(target);
                Interruption stop = new Interruption()) {
            StackResources stack = StackResources.of(clients, resources.names(context.settings()));
            DeadLetterQueue queue = new DeadLetterQueue(clients, stack.queueUrl());
            Pull pull = new Pull(
                    deadLetters.selection(MessageIds.resolve(queue, messages)),
                    new Recovery(clients),
                    new DeadLetterCapsules(clients, stack, context.environment().clock()),
                    scrubbing);
            DeadLetterScan scan = new DeadLetterScan(
                    queue, context.environment().clock().instant(), DeadLetterScan.HIDDEN, stop::happened);
            try (Output.Records rows = context.output()
                    .list(List.of(
                            Column.of("NAME", "name"),
                            Column.of("RECORDS", "records"),
                            Column.of("FAILURE", "failure"),
                            Column.of("FILE", "file")))) {
                scan.visit(deadLetter -> pull.visit(deadLetter, rows));
            }
            ScanNotes.of(context, queue, scan);
            return (pull.refused == 0 ? ExitCode.DONE : ExitCode.PARTLY).status();
        }
    }

    private TargetRequest request() {
        TargetRequest given = targetOptions.request();
        return from == Origin.aws ? given.atAws() : given;
    }

    private ScrubRules rules(Target target) {
        boolean real = target.kind() == Target.Kind.AWS || from == Origin.aws;
        if (rules != null && asIs) {
            throw new CliException("USAGE", ExitCode.USAGE, "--rules and --as-is exclude each other");
        }
        if (rules == null && !asIs && real) {
            throw new CliException("USAGE", ExitCode.USAGE, "--rules or --as-is is required on AWS")
                    .hint("scrub personal data by rules: --rules scrub.json")
                    .hint("or save the records unchanged: --as-is");
        }
        return rules == null
                ? ScrubRules.none()
                : ScrubRules.read(context.environment().workingDirectory().resolve(rules));
    }

    private static String policy() {
        try (InputStream in = requireNonNull(DlqPullCommand.class.getResourceAsStream(POLICY), POLICY)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException("cannot read the tool's own " + POLICY, unreadable);
        }
    }

    /** One run over the queue. */
    private final class Pull {

        private final Selection selection;
        private final Recovery recovery;
        private final DeadLetterCapsules maker;
        private final ScrubRules scrubbing;
        private final CapsuleFiles files =
                new CapsuleFiles(context.environment().workingDirectory());
        private int saved;
        private int refused;

        Pull(Selection selection, Recovery recovery, DeadLetterCapsules maker, ScrubRules scrubbing) {
            this.selection = selection;
            this.recovery = recovery;
            this.maker = maker;
            this.scrubbing = scrubbing;
        }

        Step visit(ReceivedMessage deadLetter, Output.Records rows) {
            if (!selection.includes(DeadLetterSummary.of(deadLetter), () -> recovery.of(deadLetter))) {
                return Step.LEAVE;
            }
            if (name != null && saved > 0) {
                throw new CliException("USAGE", ExitCode.USAGE, "--name is for one dead letter; several are selected")
                        .hint("name the message: ingest-cli dlq pull MESSAGE --name " + name);
            }
            try {
                ScrubRules.Scrubbed scrubbed = scrubbing.scrub(maker.of(deadLetter, name));
                rows.add(SavedCapsule.of(scrubbed.capsule(), files.save(scrubbed.capsule())));
                saved++;
                if (scrubbed.unread() > 0) {
                    context.output()
                            .note("'%s': the rules cannot read %s, because a payload is not JSON or not UTF-8; see it"
                                    .formatted(scrubbed.capsule().name(), Text.counted(scrubbed.unread(), "record")));
                }
            } catch (CliException refusal) {
                if (refusal.exit() != ExitCode.FAILED) {
                    throw refusal;
                }
                refused++;
                context.output()
                        .note(refusal.text()
                                + refusal.reason().map(reason -> ": " + reason).orElse(""));
            }
            return saved >= max ? Step.STOP : Step.LEAVE;
        }
    }
}
