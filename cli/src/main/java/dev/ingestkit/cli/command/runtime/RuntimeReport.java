package dev.ingestkit.cli.command.runtime;

import dev.ingestkit.cli.aws.RunningRuntimes;
import dev.ingestkit.local.LocalRuntime;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The report on a runtime that has started; the components are its JSON form. */
record RuntimeReport(
        String endpoint,
        String submitUrl,
        String stack,
        String stream,
        String table,
        String queueUrl,
        String secretArn,
        String region,
        long pid,
        List<String> warnings) {

    static RuntimeReport of(RunningRuntimes.Entry entry) {
        Map<String, String> outputs = entry.outputs();
        return new RuntimeReport(
                entry.endpoint().toString(),
                outputs.getOrDefault("SubmitUrl", ""),
                entry.stack(),
                outputs.getOrDefault("StreamName", ""),
                outputs.getOrDefault("TableName", ""),
                outputs.getOrDefault("DeadLetterQueueUrl", ""),
                outputs.getOrDefault("SecretArn", ""),
                entry.region(),
                entry.pid(),
                entry.warnings());
    }

    /** Returns the entry by which other commands find a runtime of this process. */
    static RunningRuntimes.Entry entry(LocalRuntime runtime, String stack, String region, Instant startedAt) {
        return new RunningRuntimes.Entry(
                runtime.endpoint(),
                ProcessHandle.current().pid(),
                stack,
                region,
                startedAt.toString(),
                runtime.outputs(),
                runtime.warnings());
    }

    String text(double seconds) {
        return String.format(
                Locale.ROOT,
                """
                %s is running at %s (started in %.1f s)
                  submit       %s/%s/EVENT_ID
                  credentials  %s  (print them: ingest-cli credentials)
                  stream       %s
                  table        %s
                  dead letters %s
                  try          curl -u "$(ingest-cli credentials)" -H 'Content-Type: application/json' -d '{"hello":"world"}' %s/%s/first
                """,
                stack,
                endpoint,
                seconds,
                submitUrl,
                stream,
                secretArn,
                stream,
                table,
                queueUrl,
                submitUrl,
                stream);
    }
}
