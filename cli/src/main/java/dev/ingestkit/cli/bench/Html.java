package dev.ingestkit.cli.bench;

/** Escapes text for elements and attributes of a page; a server's answer may contain anything. */
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
                    boolean printable = point == '\n' || point == '\t' || !Character.isISOControl(point);
                    safe.appendCodePoint(printable ? point : '\uFFFD');
                }
            }
        });
        return safe.toString();
    }
}
