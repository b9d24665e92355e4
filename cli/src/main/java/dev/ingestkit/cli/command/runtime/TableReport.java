package dev.ingestkit.cli.command.runtime;

import java.util.Locale;

/**
 * The report on a table server that has started; the components are its JSON form.
 *
 * @param data the directory of the tables; empty when they are in memory
 */
record TableReport(String endpoint, String region, String data, long pid) {

    String text(double seconds) {
        return String.format(
                Locale.ROOT,
                """
                DynamoDB is running at %s (started in %.1f s)
                  region       %s
                  data         %s
                  try          AWS_ACCESS_KEY_ID=local AWS_SECRET_ACCESS_KEY=local aws dynamodb list-tables --region %s --endpoint-url %s
                """,
                endpoint,
                seconds,
                region,
                data.isEmpty() ? "in memory, lost when the server stops (to keep it: --data DIR)" : data,
                region,
                endpoint);
    }
}
