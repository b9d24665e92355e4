package dev.ingestkit.cli.command.runtime;

import dev.ingestkit.cli.demo.DemoReport;
import dev.ingestkit.cli.output.Text;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Formats the demonstration's result for people. */
final class DemoPage {

    private final StringBuilder page = new StringBuilder();

    String of(DemoReport report) {
        line(
                "sent",
                "%,d events of %d kinds; the largest has %,d bytes, one was sent twice, one is not JSON",
                report.counts().accepted(),
                report.kinds(),
                report.largestBytes());
        line(
                "accepted",
                "%,6d  in %,d records",
                report.counts().accepted(),
                report.counts().acceptedRecords());
        line("stored", "%,6d  counted in the table", report.counts().stored());
        line("dead lettered", "%,6d  counted in the queue", report.counts().deadLettered());
        line("lost", "%,6d", report.counts().lost());
        item(report.item());
        deadLetter(report.deadLetter());
        page.append('\n');
        line("first stored", "%.1f s after the start", report.secondsToFirstStored());
        line(
                "post to stored",
                "p50 %.1f ms, p99 %.1f ms, max %.1f ms  (cold: the first events of a new runtime)",
                report.postToStored().p50(),
                report.postToStored().p99(),
                report.postToStored().max());
        return page.toString();
    }

    private void item(DemoReport.@Nullable ItemShown item) {
        if (item != null) {
            page.append('\n');
            line("one item", "%s  arrived %s", item.id(), item.arrivedAt());
            page.append(item.event().toPrettyString().indent(2));
        }
    }

    private void deadLetter(DemoReport.@Nullable DeadLetterShown deadLetter) {
        if (deadLetter != null) {
            page.append('\n');
            line("dead letter", "%s: %s", deadLetter.reason(), deadLetter.text());
            line("", "from %s, %s", deadLetter.shard(), deadLetter.sequenceNumber());
            line("", "%s", deadLetter.payload());
        }
    }

    private void line(String name, String format, Object... values) {
        String value = String.format(Locale.ROOT, format, values);
        page.append(String.format(Locale.ROOT, "%-15s %s", name, Text.safe(value))
                        .stripTrailing())
                .append('\n');
    }
}
