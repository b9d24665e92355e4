package dev.ingestkit.cli.option;

import dev.ingestkit.cli.aws.AwsClients;
import dev.ingestkit.cli.aws.StackResources;
import dev.ingestkit.cli.deadletter.DeadLetterScan;
import dev.ingestkit.cli.deadletter.InvokeRoute;
import dev.ingestkit.cli.deadletter.RedriveRoute;
import dev.ingestkit.cli.deadletter.StreamRoute;
import java.time.Duration;
import picocli.CommandLine.Option;

/** The options of the commands that redrive. */
public final class RedriveOptions {

    /** The routes of a redrive. */
    enum Via {
        INVOKE,
        STREAM
    }

    @Option(
            names = "--via",
            paramLabel = "ROUTE",
            defaultValue = "invoke",
            description =
                    "invoke: directly to the function with the original sequence numbers, so that nothing newer is"
                            + " overwritten; stream: put again, as the newest records (default: ${DEFAULT-VALUE}).")
    Via via = Via.INVOKE;

    @Option(names = "--rate", paramLabel = "R", description = "Records per second (default: unlimited).")
    double rate;

    @Option(
            names = "--hide",
            paramLabel = "DURATION",
            converter = DurationConverter.class,
            description =
                    "The time for which a dead letter is hidden from other readers while it is redriven; after a killed"
                            + " run it reappears by then (default: 2m).")
    Duration hidden = DeadLetterScan.HIDDEN;

    public double rate() {
        return rate;
    }

    public Duration hidden() {
        return hidden;
    }

    /** Returns the route to the stack's function or stream. */
    public RedriveRoute route(AwsClients clients, StackResources stack) {
        return via == Via.STREAM
                ? new StreamRoute(clients, stack.streamName())
                : new InvokeRoute(clients, stack.functionName());
    }
}
