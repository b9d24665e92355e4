package dev.ingestkit.cli.bench;

/** Text as it may stand in a page, in elements and in attributes: what a server answered may be anything. */
final class Html {

    private Html() {}

    static String escape(String text) {
        StringBuilder safe = new StringBuilder(text.length());
        text.codePoints().forEach(point -> {
            switch (point) {
                case '&' -> safe.append("&amp;");
                case '<' -> safe.append("&lt;");
                case '>' -> safe.append("&gt;");
                case '"' -> safe.append("&quot;");
                case '\'' -> safe.append("&#39;");
                default -> {
                    boolean shown = point == '\n' || point == '\t' || !Character.isISOControl(point);
                    safe.appendCodePoint(shown ? point : '\uFFFD');
                }
            }
        });
        return safe.toString();
    }
}
