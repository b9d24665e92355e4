package dev.ingestkit.cli.command.dlq;

import static java.util.Objects.requireNonNull;

import dev.ingestkit.cli.aws.AwsClients;
import dev.ingestkit.cli.aws.StackResources;
import dev.ingestkit.cli.aws.Target;
import dev.ingestkit.cli.context.CliContext;
import dev.ingestkit.cli.deadletter.DeadLetterQueue;
import dev.ingestkit.cli.deadletter.DeadLetterScan;
import dev.ingestkit.cli.deadletter.DeadLetterVisitor;
import dev.ingestkit.cli.deadletter.MessageIds;
import dev.ingestkit.cli.deadletter.Recovery;
import dev.ingestkit.cli.deadletter.Recovery.Recovered;
import dev.ingestkit.cli.deadletter.Redrive;
import dev.ingestkit.cli.deadletter.Selection;
import dev.ingestkit.cli.deadletter.ShardRecord;
import dev.ingestkit.cli.option.ConfirmOptions;
import dev.ingestkit.cli.option.RedriveOptions;
import dev.ingestkit.cli.option.ResourceOptions;
import dev.ingestkit.cli.option.TargetOptions;
import dev.ingestkit.cli.output.CliException;
import dev.ingestkit.cli.output.ExitCode;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Opens a dead letter's payload in an editor, and redrives the result. */
@Command(
        name = "edit",
        description = {
            "Opens a dead letter's payload in $VISUAL or $EDITOR, and redrives the result.",
            "Changes nothing if the payload stays the same or the editor fails."
        },
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:redriven, or nothing was changed",
            "1:no such message, canceled, or it failed again",
            "5:not confirmed (AWS)"
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  ingest-cli dlq edit 7f3c9a2e-0000-0000-0000-000000000001",
            "  EDITOR=nano ingest-cli dlq edit 7f3c9a2e-0000-0000-0000-000000000001 --via stream",
            "  EDITOR=\"sed -i s/12,5/12.5/\" ingest-cli dlq edit 7f3c9a2e-0000-0000-0000-000000000001"
        })
public final class DlqEditCommand implements Callable<Integer> {

    /** The limit of files that are reasonable to open in one editor. */
    private static final int MAX_RECORDS = 50;

    private final CliContext context;

    @Mixin
    TargetOptions targetOptions = new TargetOptions();

    @Mixin
    ResourceOptions resources = new ResourceOptions();

    @Parameters(
            arity = "1",
            paramLabel = "MESSAGE",
            description = "The message's id or its beginning, as dlq list shows it.")
    @SuppressWarnings("NullAway.Init") // picocli sets it before anything runs
    String id;

    @Mixin
    RedriveOptions options = new RedriveOptions();

    @Mixin
    ConfirmOptions confirm = new ConfirmOptions();

    public DlqEditCommand(CliContext context) {
        this.context = requireNonNull(context, "context");
    }

    @Override
    public Integer call() throws InterruptedException {
        Target target = context.target(targetOptions.request());
        try (AwsClients clients = new AwsClients(target);
                PayloadEditor editor = new PayloadEditor(context.environment())) {
            StackResources stack = StackResources.of(clients, resources.names(context.settings()));
            DeadLetterQueue queue = new DeadLetterQueue(clients, stack.queueUrl());
            id = MessageIds.resolve(queue, List.of(id)).get(0);
            Map<String, byte[]> changed =
                    editor.edit(records(queue, new Recovery(clients)).records());
            if (changed.isEmpty()) {
                context.output().note("nothing was changed; the message is still in the queue");
                return ExitCode.DONE.status();
            }
            String what = "message %s (%s) will be redriven as edited, and deleted".formatted(id, target.describe());
            return confirmedAndSafe(editor, () -> {
                Confirmation.onAws(context, confirm, target, what, queue.name());
                return new RedriveRun(context, clients, stack)
                        .run(
                                options,
                                onlyThis(),
                                record -> edited(record, changed),
                                new Redrive.Plan(false, options.rate(), 1, false));
            });
        }
    }

    /** Keeps the user's edits when the redrive fails. */
    private int confirmedAndSafe(PayloadEditor editor, Callable<ExitCode> redrive) {
        ExitCode exit = ExitCode.FAILED;
        try {
            exit = redrive.call();
        } catch (CliException failed) {
            throw failed.hint("your edit is kept in " + editor.keep());
        } catch (RuntimeException failed) {
            throw failed;
        } catch (Exception failed) {
            throw new IllegalStateException("a redrive throws no checked exception", failed);
        }
        if (exit != ExitCode.DONE) {
            context.output().note("your edit is kept in " + editor.keep());
        }
        return exit.status();
    }

    private Recovered records(DeadLetterQueue queue, Recovery recovery) {
        Result found = new Result();
        new DeadLetterScan(queue).visit(deadLetter -> {
            if (!deadLetter.messageId().equals(id)) {
                return DeadLetterVisitor.Step.LEAVE;
            }
            found.there = true;
            found.recovered = recovery.of(deadLetter);
            return DeadLetterVisitor.Step.STOP;
        });
        if (!found.there) {
            throw new CliException(
                            "LETTER_NOT_FOUND", ExitCode.FAILED, "message '%s' not found in the queue".formatted(id))
                    .hint("see the messages: ingest-cli dlq list");
        }
        Recovered records = found.recovered.orElseThrow(() -> new CliException(
                        "NOT_EDITABLE",
                        ExitCode.FAILED,
                        "message '%s' is not a dead letter of a known form".formatted(id))
                .hint("ingest-cli dlq show " + id + " --body"));
        if (!records.complete() || records.records().size() > MAX_RECORDS) {
            throw new CliException("NOT_EDITABLE", ExitCode.FAILED, "message '%s' cannot be edited".formatted(id))
                    .because(
                            records.complete()
                                    ? "it represents %,d records"
                                            .formatted(records.records().size())
                                    : records.missing(),
                            null)
                    .hint("drain it, edit the lines and send them: ingest-cli dlq drain FILE " + id);
        }
        return records;
    }

    private static final class Result {
        private boolean there;
        private Optional<Recovered> recovered = Optional.empty();
    }

    private Selection onlyThis() {
        return new Selection(Set.of(id), Set.of(), Set.of(), Set.of(), Instant.MIN, Instant.MAX, null);
    }

    private static ShardRecord edited(ShardRecord record, Map<String, byte[]> changed) {
        byte[] data = changed.get(record.origin().sequenceNumber());
        return data == null ? record : record.with(data);
    }
}
