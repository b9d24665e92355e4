package dev.ingestkit.cli.command.tool;

import dev.ingestkit.cli.plan.Assumptions;
import picocli.CommandLine.Option;

/** What a plan takes for granted unless it is told. */
final class PlanOptions {

    @Option(
            names = "--headroom",
            paramLabel = "PART",
            defaultValue = "0.2",
            description = "The part of a shard that stays free for peaks (default: ${DEFAULT-VALUE}).")
    double headroom;

    @Option(
            names = "--retention",
            paramLabel = "HOURS",
            defaultValue = "48",
            description = "The stream's RetentionHours (default: ${DEFAULT-VALUE}).")
    int retention;

    @Option(
            names = "--keep",
            paramLabel = "DAYS",
            defaultValue = "30",
            description = "How long events stay in the table (default: ${DEFAULT-VALUE}).")
    int keep;

    @Option(
            names = "--batch-size",
            paramLabel = "RECORDS",
            defaultValue = "100",
            description = "The mapping's BatchSize (default: ${DEFAULT-VALUE}).")
    int batchSize;

    @Option(
            names = "--writes-at-once",
            paramLabel = "N",
            defaultValue = "16",
            description = "The writer's WriterConcurrency (default: ${DEFAULT-VALUE}).")
    int writesAtOnce;

    @Option(
            names = "--write-millis",
            paramLabel = "MS",
            defaultValue = "5",
            description = "How long DynamoDB takes for one write (default: ${DEFAULT-VALUE}).")
    double writeMillis;

    @Option(names = "--time-index", description = "With TimeIndex=true.")
    boolean timeIndex;

    @Option(names = "--access-logs", description = "With AccessLogs=true.")
    boolean accessLogs;

    Assumptions assumptions() {
        return new Assumptions(batchSize, writesAtOnce, writeMillis, headroom, retention, keep, timeIndex, accessLogs);
    }
}
