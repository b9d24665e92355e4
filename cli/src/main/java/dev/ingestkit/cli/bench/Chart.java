package dev.ingestkit.cli.bench;

import java.util.List;
import java.util.Locale;
import java.util.function.DoubleFunction;

/** Builds one chart as inline SVG. Not thread-safe. */
final class Chart {

    /** Leaves room for the label 1,000,000, in milliseconds or answers per second. */
    static final double LEFT = 74;

    static final double RIGHT = 466;
    static final double TOP = 26;
    static final double BOTTOM = 224;
    /** The space between a label of the vertical axis and its grid line. */
    static final double LABEL_GAP = 6;

    private static final double LABEL_HALF = 8;
    private static final int WIDTH = 480;
    private static final int HEIGHT = 262;

    private final StringBuilder svg = new StringBuilder();

    /** A point of a line, with its tooltip. */
    record Mark(double x, double y, String title) {}

    /** @param title the text for screen readers */
    Chart(String title) {
        svg.append("<svg viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"%s\">\n"
                .formatted(WIDTH, HEIGHT, Html.escape(title)));
    }

    /** Draws the vertical axis: its title, and grid lines at the scale's ticks with their values. */
    void yAxis(Scale scale, String title) {
        text(2, 12, "start", title);
        for (double tick : scale.ticks()) {
            double y = scale.at(tick);
            svg.append("<line class=\"grid\" x1=\"%s\" x2=\"%s\" y1=\"%s\" y2=\"%s\"/>"
                    .formatted(n(LEFT), n(RIGHT), n(y), n(y)));
            text(LEFT - LABEL_GAP, y + 4, "end", Scale.label(tick));
        }
        svg.append('\n');
    }

    /** Draws the horizontal axis: its title, and the values of its ticks. */
    void xAxis(List<Double> ticks, DoubleFunction<Double> position, DoubleFunction<String> label, String title) {
        for (double tick : ticks) {
            double x = position.apply(tick);
            // The right end of the axis has no room for the second half of a label.
            boolean atEnd = x > RIGHT - LABEL_HALF;
            text(atEnd ? RIGHT : x, BOTTOM + 18, atEnd ? "end" : "middle", label.apply(tick));
        }
        text(RIGHT, HEIGHT - 6, "end", title);
        svg.append('\n');
    }

    /** Draws a line through the marks. */
    void line(String kind, List<Mark> marks, boolean dots) {
        StringBuilder points = new StringBuilder();
        marks.forEach(mark ->
                points.append(n(mark.x())).append(',').append(n(mark.y())).append(' '));
        svg.append("<polyline class=\"curve %s\" points=\"%s\"/>"
                .formatted(kind, points.toString().strip()));
        for (Mark mark : marks) {
            svg.append("<circle class=\"dot %s\" cx=\"%s\" cy=\"%s\" r=\"%s\"%s><title>%s</title></circle>"
                    .formatted(
                            kind,
                            n(mark.x()),
                            n(mark.y()),
                            dots ? "2.5" : "5",
                            dots ? "" : " opacity=\"0\"",
                            Html.escape(mark.title())));
        }
        svg.append('\n');
    }

    /** Draws a bar, on the axis or on another bar. */
    void bar(String kind, Mark left, double width, double bottom) {
        svg.append("<rect class=\"%s\" x=\"%s\" y=\"%s\" width=\"%s\" height=\"%s\"><title>%s</title></rect>"
                .formatted(
                        kind,
                        n(left.x()),
                        n(left.y()),
                        n(width),
                        n(Math.max(0, bottom - left.y())),
                        Html.escape(left.title())));
    }

    /** Draws a horizontal line over the whole width. */
    void level(String kind, double y) {
        svg.append("<line class=\"curve %s\" x1=\"%s\" x2=\"%s\" y1=\"%s\" y2=\"%s\"/>"
                .formatted(kind, n(LEFT), n(RIGHT), n(y), n(y)));
    }

    private void text(double x, double y, String anchor, String text) {
        svg.append("<text x=\"%s\" y=\"%s\" text-anchor=\"%s\">%s</text>"
                .formatted(n(x), n(y), anchor, Html.escape(text)));
    }

    private static String n(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }

    String svg() {
        return svg + "</svg>\n";
    }
}
