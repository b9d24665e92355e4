package dev.ingestkit.cli.doctor;

import static java.util.Objects.requireNonNull;

import dev.ingestkit.cli.deadletter.DeadLetterQueue;
import dev.ingestkit.cli.output.CliException;
import dev.ingestkit.cli.target.AwsClients;
import dev.ingestkit.cli.target.Credentials;
import dev.ingestkit.cli.target.StackOutputs;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import software.amazon.awssdk.core.exception.SdkException;

/** Looks at a stack: is all there, may these credentials use it, does the API ask who is calling? */
public final class TargetChecks {

    private static final Duration SKEW = Duration.ofMinutes(5);
    private static final int MILLIS = 5_000;

    private final AwsClients clients;
    private final Clock clock;

    public TargetChecks(AwsClients clients, Clock clock) {
        this.clients = requireNonNull(clients, "clients");
        this.clock = requireNonNull(clock, "clock");
    }

    /** All of them; what depends on a failed one is left out. */
    public List<Check> all() {
        List<Check> checks = new ArrayList<>();
        StackOutputs outputs;
        try {
            outputs = StackOutputs.of(clients);
        } catch (CliException absent) {
            checks.add(failed("stack", absent));
            return checks;
        }
        checks.add(Check.ok("stack", clients.target().describe()));
        checks.add(look("stream", () -> stream(outputs.streamName())));
        checks.add(look("table", () -> table(outputs.tableName())));
        checks.add(look("queue", () -> queue(outputs.queueUrl())));
        checks.add(look(
                "secret",
                () -> "readable, user " + Credentials.read(clients, outputs).username()));
        checks.add(api(outputs));
        return checks;
    }

    private Check look(String id, Supplier<String> looked) {
        try {
            return Check.ok(id, looked.get());
        } catch (CliException refused) {
            return failed(id, refused);
        } catch (SdkException refused) {
            return Check.fail(
                    id, String.valueOf(refused.getMessage()), "is it there, and may these credentials use it?");
        }
    }

    private static Check failed(String id, CliException refused) {
        String message =
                refused.reason().map(reason -> refused.text() + ": " + reason).orElse(refused.text());
        return Check.fail(id, message, String.join("; ", refused.hints()));
    }

    private String stream(String name) {
        var summary = clients.kinesis()
                .describeStreamSummary(request -> request.streamName(name))
                .streamDescriptionSummary();
        return "%s is %s with %d shards".formatted(name, summary.streamStatusAsString(), summary.openShardCount());
    }

    private String table(String name) {
        return "%s is %s"
                .formatted(
                        name,
                        clients.dynamoDb()
                                .describeTable(request -> request.tableName(name))
                                .table()
                                .tableStatusAsString());
    }

    private String queue(String url) {
        long letters = new DeadLetterQueue(clients, url).approximateCount();
        return letters == 0 ? "no dead letters" : "about %,d dead letters: ingest-cli dlq list".formatted(letters);
    }

    /** Without credentials the API must answer 401; its answer also tells the time there. */
    private Check api(StackOutputs outputs) {
        String url = outputs.submitUrl() + "/" + outputs.streamName() + "/doctor";
        try {
            HttpURLConnection connection =
                    (HttpURLConnection) java.net.URI.create(url).toURL().openConnection();
            connection.setConnectTimeout(MILLIS);
            connection.setReadTimeout(MILLIS);
            connection.setRequestMethod("POST");
            int status = connection.getResponseCode();
            long there = connection.getDate();
            connection.disconnect();
            if (status != HttpURLConnection.HTTP_UNAUTHORIZED) {
                return Check.fail(
                        "api", "HTTP %d without credentials, expected 401".formatted(status), "look at the authorizer");
            }
            Duration skew = there == 0
                    ? Duration.ZERO
                    : Duration.between(Instant.ofEpochMilli(there), clock.instant())
                            .abs();
            return skew.compareTo(SKEW) > 0
                    ? Check.fail(
                            "api",
                            "its clock and this one differ by %d s".formatted(skew.toSeconds()),
                            "set the clock: AWS refuses signatures older than five minutes")
                    : Check.ok("api", "asks for credentials, as it must");
        } catch (IOException unreachable) {
            return Check.fail(
                    "api",
                    "%s does not answer: %s".formatted(url, unreachable.getMessage()),
                    "is the runtime up, and the URL right?");
        }
    }
}
