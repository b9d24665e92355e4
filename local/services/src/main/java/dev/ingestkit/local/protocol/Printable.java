package dev.ingestkit.local.protocol;

/** Shortens a client's text for a message, and replaces characters that could break a log line or a header. */
final class Printable {

    private static final int MAX_LENGTH = 128;

    private Printable() {}

    static String of(String text) {
        String cut = text.length() > MAX_LENGTH ? text.substring(0, MAX_LENGTH) + "…" : text;
        return cut.replaceAll("\\p{Cntrl}", "?");
    }
}
