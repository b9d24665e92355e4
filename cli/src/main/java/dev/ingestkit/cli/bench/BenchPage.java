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

/** A load test's result as one page that asks for nothing else: its charts are inline, it runs no script. */
public final class BenchPage {

    private static final String STYLE = "/dev/ingestkit/cli/bench/page.css";

    /** From here on a tile speaks of seconds. */
    private static final double MILLIS_SHOWN = 10_000;

    private final BenchResult result;
    private final StringBuilder page = new StringBuilder();

    public BenchPage(BenchResult result) {
        this.result = requireNonNull(result, "result");
    }

    /** The page. */
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
        line("<title>Load test: %s events a second</title>", Scale.label(result.rate()));
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
                "<h1>Load test: %s events a second for %s s</h1>",
                Scale.label(result.rate()), Scale.label(result.seconds()));
        line("<p>%s · %s · %d at a time</p>", result.target(), result.events(), result.concurrency());
        line("<p>%s</p>", result.startedAt());
        line("</header>");
    }

    private void tiles() {
        line("<dl class=\"tiles\">");
        tile("sent", Scale.label((double) result.sent()), "events", false);
        tile("rate reached", Scale.label(result.achievedRate()), "/s", result.achievedRate() < 0.95 * result.rate());
        tile("rejected", "%.2f".formatted(result.errorRate() * 100), "%", result.rejected() > 0);
        time("accepted, p50", result.accepted().p50());
        time("accepted, p99", result.accepted().p99());
        if (result.stored() != null) {
            time("stored, p99", result.stored().p99());
            tile("not stored", Scale.label((double) result.notStored()), "events", result.notStored() > 0);
        }
        line("</dl>");
    }

    private void tile(String name, String value, String unit, boolean bad) {
        line(
                "<div><dt>%s</dt><dd%s>%s <small>%s</small></dd></div>",
                name, Raw.of(bad ? " class=\"bad\"" : ""), value, unit);
    }

    private void time(String name, double millis) {
        boolean seconds = millis >= MILLIS_SHOWN;
        tile(
                name,
                seconds ? String.format(Locale.ROOT, "%.1f", millis / 1000) : Scale.label(millis),
                seconds ? "s" : "ms",
                false);
    }

    private void charts() {
        BenchCharts charts = new BenchCharts(result);
        card(
                "How long events took",
                "So many percent took no longer, in milliseconds. Accepted and stored count from the moment an event"
                        + " was to be sent.",
                charts.percentiles());
        line("<ul class=\"legend\">");
        legend("accepted", "accepted");
        if (result.curves().stream().anyMatch(curve -> curve.name().equals("stored"))) {
            legend("stored", "stored");
        }
        legend("service", "service time: from the moment it really was sent");
        line("</ul></section>");
        card("Until accepted, over time", "In milliseconds, for each stretch of the test.", charts.latencies());
        line("<ul class=\"legend\">");
        legend("accepted", "p99");
        legend("median", "p50");
        line("</ul></section>");
        card("Answers a second", "Against the rate that was asked for.", charts.throughput());
        line("<ul class=\"legend\">");
        legend("wanted", "rate asked for");
        if (result.rejected() > 0) {
            legend("bad", "rejected");
        }
        line("</ul></section>");
    }

    /** Begins a card; what follows closes it. */
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
        line("<section class=\"card\"><h2>Milliseconds</h2><div class=\"scroll\"><table>");
        line(
                "<thead><tr><th></th><th>mean</th><th>p50</th><th>p90</th><th>p99</th><th>p99.9</th><th>longest</th></tr></thead>");
        line("<tbody>");
        row("accepted", result.accepted());
        if (result.stored() != null) {
            row("stored", result.stored());
        }
        row("service", result.service());
        line("</tbody></table></div>");
        line("<h2>Answers</h2><div class=\"scroll\"><table><tbody>");
        for (Map.Entry<String, Long> status : result.statuses().entrySet()) {
            String name = status.getKey().equals("0") ? "no answer" : "HTTP " + status.getKey();
            line("<tr><th>%s</th><td>%,d</td></tr>", name, status.getValue());
        }
        for (Map.Entry<String, Long> error : result.errors().entrySet()) {
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

    /** Four digits or so, which is all that a measurement is good for and that seven columns have room for. */
    private static String millis(double value) {
        String format = value < 10 ? "%.2f" : value < 1000 ? "%.1f" : "%,.0f";
        return String.format(Locale.ROOT, format, value);
    }

    /** Markup of our own among the values. */
    private record Raw(String markup) {
        static Raw of(String markup) {
            return new Raw(markup);
        }
    }

    /** A line; every text in it is escaped. */
    private void line(String format, Object... values) {
        Object[] safe = new Object[values.length];
        for (int place = 0; place < values.length; place++) {
            Object value = values[place];
            safe[place] =
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

    /** The one style that the page allows. */
    private static String hash(String style) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(style.getBytes(StandardCharsets.UTF_8));
            return "sha256-" + Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every JDK has SHA-256", impossible);
        }
    }
}
