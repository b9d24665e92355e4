package dev.ingestkit.cli.bench;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;

/** Writes the result of a load test as one self-contained page: inline charts, no script, no external resource. */
public final class BenchPage {

    private static final String STYLE = "/dev/ingestkit/cli/bench/page.css";

    private final BenchResult result;
    private final StringBuilder page = new StringBuilder();

    /** Creates the page of a result. */
    public BenchPage(BenchResult result) {
        this.result = requireNonNull(result, "result");
    }

    /** Returns the page. */
    public String html() {
        String style = style();
        line("<!DOCTYPE html>");
        line("<html lang=\"en\">");
        line("<head>");
        line("<meta charset=\"utf-8\">");
        line(
                "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src '%s'\">",
                Raw.of(hash(style)));
        line("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">");
        line(
                "<title>Load test: %s events per second</title>",
                Scale.label(result.setup().rate()));
        page.append("<style>").append(style).append("</style>\n");
        line("</head>");
        line("<body>");
        head();
        tiles();
        line("<div class=\"cards\">");
        charts();
        tables();
        line("</div>");
        line("</body>");
        line("</html>");
        return page.toString();
    }

    private void head() {
        line("<header>");
        line(
                "<h1>Load test: %s events per second for %s s</h1>",
                Scale.label(result.setup().rate()), Scale.label(result.setup().seconds()));
        line(
                "<p>%s · %s · concurrency %d</p>",
                result.setup().target(), result.setup().events(), result.setup().concurrency());
        BenchResult.Environment environment = result.setup().environment();
        line(
                "<p>%s · ingest-cli %s, commit %s · %s, Java %s</p>",
                result.setup().startedAt(),
                environment.version(),
                environment.commit(),
                environment.machine(),
                environment.java());
        line("</header>");
    }

    private void tiles() {
        line("<dl class=\"tiles\">");
        tile("sent", Scale.label((double) result.totals().sent()), "events", false);
        tile(
                "achieved rate",
                Scale.label(result.totals().achievedRate()),
                "/s",
                result.totals().achievedRate() < 0.95 * result.setup().rate());
        tile(
                "rejected",
                "%.2f".formatted(result.totals().errorRate() * 100),
                "%",
                result.totals().rejected() > 0);
        time("accepted, p50", result.accepted().p50());
        time("accepted, p99", result.accepted().p99());
        if (result.stored() != null) {
            time("stored, p99", result.stored().p99());
            tile(
                    "not stored",
                    Scale.label((double) result.answers().notStored()),
                    "events",
                    result.answers().notStored() > 0);
        }
        line("</dl>");
    }

    private void tile(String name, String value, String unit, boolean bad) {
        line(
                "<div><dt>%s</dt><dd%s>%s <small>%s</small></dd></div>",
                name, Raw.of(bad ? " class=\"bad\"" : ""), value, unit);
    }

    private void time(String name, double millis) {
        tile(name, Scale.label(millis), "ms", false);
    }

    private void charts() {
        BenchCharts charts = new BenchCharts(result);
        boolean stored = result.stored() != null;
        card(
                "Latency by percentile",
                "Accepted and stored count from the scheduled moment of an event, service from its actual post.",
                charts.percentiles());
        line("<ul class=\"legend\">");
        legend("accepted", "accepted");
        if (stored) {
            legend("stored", "stored");
        }
        legend("service", "service");
        line("</ul></section>");
        card("Latency over time", "Percentiles of each interval, from the scheduled moment.", charts.latencies());
        line("<ul class=\"legend\">");
        legend("accepted", "accepted, p99");
        legend("accepted median", "accepted, p50");
        if (stored) {
            legend("stored", "stored, p99");
            legend("stored median", "stored, p50");
        }
        line("</ul></section>");
        card("Throughput", "Answers of the API, compared with the target rate.", charts.throughput());
        line("<ul class=\"legend\">");
        legend("accepted", "accepted");
        if (result.totals().rejected() > 0) {
            legend("bad", "rejected");
        }
        legend("target", "target rate");
        line("</ul></section>");
    }

    /** Begins a card, which the caller closes. */
    private void card(String title, String text, String svg) {
        line("<section class=\"card\"><h2>%s</h2><p>%s</p>", title, text);
        page.append(svg);
    }

    private void legend(String kind, String text) {
        line(
                "<li><svg viewBox=\"0 0 26 10\" aria-hidden=\"true\"><line class=\"curve %s\" x1=\"1\" x2=\"25\""
                        + " y1=\"5\" y2=\"5\"/></svg>%s</li>",
                kind, text);
    }

    private void tables() {
        line("<section class=\"card\"><h2>Latency in milliseconds</h2><div class=\"scroll\"><table>");
        line(
                "<thead><tr><th></th><th>mean</th><th>p50</th><th>p90</th><th>p99</th><th>p99.9</th><th>max</th></tr></thead>");
        line("<tbody>");
        row("accepted", result.accepted());
        if (result.stored() != null) {
            row("stored", result.stored());
        }
        row("service", result.service());
        line("</tbody></table></div>");
        line("<h2>Answers</h2><div class=\"scroll\"><table><tbody>");
        for (Map.Entry<String, Long> status : result.answers().statuses().entrySet()) {
            String name = status.getKey().equals("0") ? "no answer" : "HTTP " + status.getKey();
            line("<tr><th>%s</th><td>%,d</td></tr>", name, status.getValue());
        }
        for (Map.Entry<String, Long> error : result.answers().errors().entrySet()) {
            line("<tr><td class=\"text\">%s</td><td>%,d</td></tr>", error.getKey(), error.getValue());
        }
        line("</tbody></table></div></section>");
    }

    private void row(String name, Percentiles of) {
        line(
                "<tr><th>%s</th><td>%s</td><td>%s</td><td>%s</td><td>%s</td><td>%s</td><td>%s</td></tr>",
                name,
                millis(of.mean()),
                millis(of.p50()),
                millis(of.p90()),
                millis(of.p99()),
                millis(of.p999()),
                millis(of.max()));
    }

    /** Formats about four digits: the precision of the measurement, and the room of seven columns. */
    private static String millis(double value) {
        String format = value < 10 ? "%.2f" : value < 1000 ? "%.1f" : "%,.0f";
        return String.format(Locale.ROOT, format, value);
    }

    /** Trusted markup among the values. */
    private record Raw(String markup) {
        static Raw of(String markup) {
            return new Raw(markup);
        }
    }

    /** Appends a line, with every text value escaped. */
    private void line(String format, Object... values) {
        Object[] safe = new Object[values.length];
        for (int index = 0; index < values.length; index++) {
            Object value = values[index];
            safe[index] =
                    value instanceof String text ? Html.escape(text) : value instanceof Raw raw ? raw.markup() : value;
        }
        page.append(values.length == 0 ? format : String.format(Locale.ROOT, format, safe))
                .append('\n');
    }

    private static String style() {
        try (InputStream file = requireNonNull(BenchPage.class.getResourceAsStream(STYLE), STYLE)) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException("cannot read " + STYLE, unreadable);
        }
    }

    /** Returns the hash of the only style that the page allows. */
    private static String hash(String style) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(style.getBytes(StandardCharsets.UTF_8));
            return "sha256-" + Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every JDK has SHA-256", impossible);
        }
    }
}
