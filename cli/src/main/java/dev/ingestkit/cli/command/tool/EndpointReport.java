package dev.ingestkit.cli.command.tool;

import static java.util.Objects.requireNonNull;

import dev.ingestkit.cli.aws.AwsClients;
import dev.ingestkit.cli.aws.Target;
import dev.ingestkit.cli.aws.TargetRequest;
import dev.ingestkit.cli.command.dlq.Confirmation;
import dev.ingestkit.cli.compare.Difference;
import dev.ingestkit.cli.compare.EndpointComparison;
import dev.ingestkit.cli.compare.StackDrift;
import dev.ingestkit.cli.context.CliContext;
import dev.ingestkit.cli.option.ConfirmOptions;
import dev.ingestkit.cli.output.CliException;
import dev.ingestkit.cli.output.Column;
import dev.ingestkit.cli.output.ExitCode;
import dev.ingestkit.cli.output.Output;
import java.net.URI;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Compares the target with another endpoint and prints the rows that differ. */
final class EndpointReport {

    private static final List<Column> COLUMNS = List.of(
            Column.of("PART", "part"),
            Column.of("COMPARED", "subject"),
            Column.of("STATUS", "status"),
            Column.of("HERE", "here"),
            Column.of("THERE", "there"));

    private final CliContext context;
    private final TargetRequest request;
    private final ConfirmOptions confirm;

    EndpointReport(CliContext context, TargetRequest request, ConfirmOptions confirm) {
        this.context = requireNonNull(context, "context");
        this.request = requireNonNull(request, "request");
        this.confirm = requireNonNull(confirm, "confirm");
    }

    /** A row of the report; the components are its JSON form. */
    record Row(String part, String subject, String status, String here, String there, Instant at) {}

    /**
     * Runs the comparison.
     *
     * @param against the URL of an endpoint, or a profile
     * @param all whether rows that agree are printed as well
     */
    void print(String against, boolean all) {
        Instant at = context.environment().clock().instant().truncatedTo(ChronoUnit.SECONDS);
        Target here = context.target(request);
        Target there = context.target(other(against));
        Output output = context.output();
        output.note("%s: here %s; there %s".formatted(at, here.describe(), there.describe()));
        List.of(here, there).forEach(this::ask);
        List<Difference> rows = new ArrayList<>();
        try (AwsClients mine = new AwsClients(here);
                AwsClients others = new AwsClients(there);
                Output.Records records = output.list(COLUMNS)) {
            new EndpointComparison(
                            mine, others, "ingest-doctor-" + Long.toString(System.nanoTime(), Character.MAX_RADIX))
                    .run(rows::add);
            rows.addAll(drift(mine, others));
            rows.stream()
                    .filter(row -> all || !row.same())
                    .map(row -> new Row(row.part(), row.subject(), row.status(), row.here(), row.there(), at))
                    .forEach(records::add);
        }
        long differing = rows.stream().filter(row -> !row.same()).count();
        output.note("%d of %d rows differ".formatted(differing, rows.size()));
    }

    private TargetRequest other(String against) {
        boolean url = against.contains("://");
        return new TargetRequest(
                url ? Optional.of(endpoint(against)) : Optional.empty(),
                url ? Optional.empty() : Optional.of(against),
                false,
                request.region(),
                request.stack());
    }

    private static URI endpoint(String against) {
        try {
            return URI.create(against);
        } catch (IllegalArgumentException malformed) {
            throw new CliException(
                            "USAGE", ExitCode.USAGE, "'%s' is not a URL or the name of a profile".formatted(against))
                    .because(String.valueOf(malformed.getMessage()), malformed);
        }
    }

    private void ask(Target target) {
        Confirmation.onAws(
                context,
                confirm,
                target,
                "creates %s in %s and deletes them within minutes; this costs less than 0.10 USD"
                        .formatted(EndpointComparison.RESOURCES, target.describe()),
                target.stack());
    }

    /** Returns the rows of the stacks; none, with a note, where one endpoint has no stack of the name. */
    private List<Difference> drift(AwsClients mine, AwsClients others) {
        try {
            return new StackDrift(mine, others).rows();
        } catch (CliException absent) {
            context.output().note("the stacks are not compared: " + absent.text());
            return List.of();
        }
    }
}
