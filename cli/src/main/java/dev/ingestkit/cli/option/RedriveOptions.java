package dev.ingestkit.cli.option;

import dev.ingestkit.cli.aws.AwsClients;
import dev.ingestkit.cli.aws.StackOutputs;
import dev.ingestkit.cli.deadletter.InvokeRoute;
import dev.ingestkit.cli.deadletter.LetterScan;
import dev.ingestkit.cli.deadletter.RedriveRoute;
import dev.ingestkit.cli.deadletter.StreamRoute;
import java.time.Duration;
import picocli.CommandLine.Option;

/** How records go back: the options of the commands that redrive. */
public final class RedriveOptions {

    /** Which way records go back. */
    enum Via {
        INVOKE,
        STREAM
    }

    @Option(
            names = "--via",
            paramLabel = "WAY",
            defaultValue = "invoke",
            description = "invoke: straight to the function, in the place they had, so that nothing newer is"
                    + " overwritten. stream: put anew, as the newest (default: ${DEFAULT-VALUE}).")
    Via via = Via.INVOKE;

    @Option(names = "--rate", paramLabel = "R", description = "Records a second (default: as fast as it goes).")
    double rate;

    @Option(
            names = "--hide",
            paramLabel = "DURATION",
            converter = DurationConverter.class,
            description = "Others do not see a letter in work for so long; what a killed run held comes back after"
                    + " it (default: 2m).")
    Duration hidden = LetterScan.HIDDEN;

    public double rate() {
        return rate;
    }

    public Duration hidden() {
        return hidden;
    }

    /** The way to where the stack says. */
    public RedriveRoute route(AwsClients clients, StackOutputs outputs) {
        return via == Via.STREAM
                ? new StreamRoute(clients, outputs.streamName())
                : new InvokeRoute(clients, outputs.writerFunction());
    }
}
