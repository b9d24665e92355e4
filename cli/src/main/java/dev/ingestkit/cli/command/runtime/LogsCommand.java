package dev.ingestkit.cli.command.runtime;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ingestkit.cli.aws.ControlClient;
import dev.ingestkit.cli.aws.LogicalIds;
import dev.ingestkit.cli.aws.Target;
import dev.ingestkit.cli.command.Waiting;
import dev.ingestkit.cli.context.CliContext;
import dev.ingestkit.cli.option.InstantConverter;
import dev.ingestkit.cli.option.TargetOptions;
import dev.ingestkit.cli.output.CliException;
import dev.ingestkit.cli.output.Column;
import dev.ingestkit.cli.output.ExitCode;
import dev.ingestkit.cli.output.Output;
import dev.ingestkit.cli.output.OutputFormat;
import dev.ingestkit.cli.output.Text;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows the output of functions. */
@Command(
        name = "logs",
        description = {
            "Shows the output of functions: printed and logged lines, with the start and end of each invocation.",
            "The embedded runtime keeps the latest 20,000 lines. For AWS: aws logs tail /aws/lambda/NAME --follow"
        },
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:shown, even if the log is empty", "4:not an embedded runtime, or no such function"},
        footerHeading = "%nExamples:%n",
        footer = {
            "  ingest-cli logs",
            "  ingest-cli logs -f Writer",
            "  ingest-cli logs --errors --since 5m",
            "  ingest-cli logs --request 7f3c9a2e-0000-0000-0000-000000000001"
        })
public final class LogsCommand implements Runnable {

    private static final List<Column> COLUMNS = List.of(
            Column.time("AT", "at"),
            Column.of("FUNCTION", "function"),
            Column.of("REQUEST", "requestId"),
            Column.word("SOURCE", "source"),
            Column.of("TEXT", "text"));

    private static final Duration POLL = Duration.ofMillis(300);
    private static final Set<String> ERROR_SOURCES = Set.of("stderr", "jvm");
    /** The beginnings and the lines of errors, with the lines of their stack traces. */
    private static final Pattern ERROR = Pattern.compile("ERROR|Exception|Task timed out|^\\s+at \\S|^Caused by: ");

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss.SSS", Locale.ROOT);

    private final CliContext context;

    @Mixin
    TargetOptions targetOptions = new TargetOptions();

    @Parameters(
            arity = "0..1",
            paramLabel = "FUNCTION",
            description = "A function's name or logical id (default: all).")
    @Nullable
    String function;

    @Option(
            names = {"-f", "--follow"},
            description = "Follows new lines until Ctrl-C or until the runtime stops.")
    boolean follow;

    @Option(
            names = {"-n", "--limit"},
            paramLabel = "N",
            description = "Shows at most N past lines (default: 100 with -f, otherwise all that are kept).")
    @Nullable
    Integer limit;

    @Option(
            names = "--since",
            paramLabel = "TIME",
            converter = InstantConverter.class,
            description = "Shows only lines since this time: 5m, 2h, today, or ISO-8601.")
    Instant since = Instant.MIN;

    @Option(
            names = "--until",
            paramLabel = "TIME",
            converter = InstantConverter.class,
            description = "Shows only lines before this time.")
    Instant until = Instant.MAX;

    @Option(
            names = "--request",
            paramLabel = "ID",
            description = "Shows only this invocation; the beginning of its id is enough.")
    @Nullable
    String request;

    @Option(
            names = "--errors",
            description = "Shows only standard error, the JVM's own output, and lines that name an error.")
    boolean errors;

    @Option(names = "--platform", description = "Also shows Lambda's own lines: START, END, REPORT.")
    boolean platform;

    public LogsCommand(CliContext context) {
        this.context = requireNonNull(context, "context");
    }

    @Override
    public void run() {
        Target target = context.target(targetOptions.request());
        ControlClient control = control(target);
        String wanted = function == null ? null : LogicalIds.function(function, control.status());
        boolean people = context.output().settings().format() == OutputFormat.TABLE
                && context.output().settings().query() == null;
        try (Output.Records rows = context.output().stream(COLUMNS)) {
            Consumer<JsonNode> printer = people ? this::line : rows::add;
            Deque<JsonNode> past = new ArrayDeque<>();
            int max = limit != null ? limit : follow ? 100 : Integer.MAX_VALUE;
            long seen = control.logs(0, line -> {
                if (isWanted(line, wanted)) {
                    past.addLast(line);
                    if (past.size() > max) {
                        past.removeFirst();
                    }
                }
            });
            past.forEach(printer);
            while (follow && !Waiting.until(() -> false, POLL)) {
                seen = control.logs(seen, line -> {
                    if (isWanted(line, wanted)) {
                        printer.accept(line);
                    }
                });
                rows.flush();
            }
        }
    }

    private static ControlClient control(Target target) {
        if (target.kind() == Target.Kind.EMBEDDED && target.endpoint().isPresent()) {
            return new ControlClient(target.endpoint().get());
        }
        throw new CliException(
                        "NO_EMBEDDED_RUNTIME",
                        ExitCode.ENVIRONMENT,
                        "%s is not an embedded runtime, so this tool does not have its logs"
                                .formatted(target.describe()))
                .hint("aws logs tail /aws/lambda/NAME --follow");
    }

    private boolean isWanted(JsonNode line, @Nullable String wanted) {
        Instant at = Instant.parse(line.path("at").asText());
        String source = line.path("source").asText();
        return (wanted == null || wanted.equals(line.path("function").asText()))
                && !at.isBefore(since)
                && at.isBefore(until)
                && (request == null || line.path("requestId").asText("").startsWith(request))
                && (platform || request != null || !source.equals("platform"))
                && (!errors || isError(line, source));
    }

    private static boolean isError(JsonNode line, String source) {
        String text = line.path("text").asText();
        return ERROR_SOURCES.contains(source) || ERROR.matcher(text).find();
    }

    private void line(JsonNode line) {
        Instant at = Instant.parse(line.path("at").asText());
        ZoneId zone = context.environment().clock().getZone();
        String id = line.path("requestId").asText("");
        context.output()
                .text(Text.safe("%s  %s  %s  %s"
                                .formatted(
                                        TIME.format(at.atZone(zone)),
                                        line.path("function").asText(),
                                        id.isEmpty() ? "-" : id.substring(0, Math.min(8, id.length())),
                                        line.path("text").asText()))
                        + "\n");
    }
}
