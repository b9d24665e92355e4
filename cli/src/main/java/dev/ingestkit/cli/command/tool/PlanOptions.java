package dev.ingestkit.cli.command.tool;

import dev.ingestkit.cli.plan.Assumptions;
import picocli.CommandLine.Option;

/** The assumptions of a plan. */
final class PlanOptions {

    @Option(
            names = "--headroom",
            paramLabel = "PART",
            defaultValue = "0.2",
            description = "The share of a shard to keep free for peaks (default: ${DEFAULT-VALUE}).")
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
            description = "The time that events stay in the table (default: ${DEFAULT-VALUE}).")
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
            description = "The latency of one write to DynamoDB (default: ${DEFAULT-VALUE}).")
    double writeMillis;

    @Option(names = "--time-index", description = "Includes the time index (TimeIndex=true).")
    boolean timeIndex;

    @Option(names = "--access-logs", description = "Includes access logs (AccessLogs=true).")
    boolean accessLogs;

    Assumptions assumptions() {
        return new Assumptions(batchSize, writesAtOnce, writeMillis, headroom, retention, keep, timeIndex, accessLogs);
    }
}
