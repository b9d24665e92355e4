package dev.ingestkit.cli.output;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.util.regex.Pattern;

/**
 * One column of a table.
 *
 * @param title the printed title, in upper case
 * @param path the record's field, with dots for nested fields; empty for the whole record
 * @param style the style on a terminal
 * @param presence when a terminal shows the column
 */
public record Column(String title, String path, Style style, Presence presence) {

    /** The rule by which a terminal shows a column. Elsewhere each column is printed. */
    public enum Presence {
        ALWAYS,
        /** Unless the column is empty, the same in each row, or does not fit. */
        IF_USEFUL,
        /** As {@link #IF_USEFUL}, and only while each text has room enough to be read. */
        IF_ROOM
    }

    /** The style of a column on a terminal. Elsewhere all columns are printed whole and separated by tabs. */
    public enum Style {
        LEFT,
        /** One of a few words; never cut. */
        WORD,
        /** Aligned to the right, for numbers. */
        RIGHT,
        /** The end alone, for long numbers that differ there. */
        TAIL,
        /** An instant without year and fractions: {@code 03-01T11:59:50Z}. */
        TIME,
        /** An instant as its distance from now: {@code 2m ago}, {@code in 3h}. */
        AGO,
        /** A UUID, cut to the beginning that differs from those of the other rows; commands accept it. */
        ID
    }

    private static final int TAIL = 8;
    private static final Pattern INSTANT = Pattern.compile("\\d{4}-(\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d)(\\.\\d+)?Z");

    public Column {
        requireNonNull(title, "title");
        requireNonNull(path, "path");
        requireNonNull(style, "style");
        requireNonNull(presence, "presence");
    }

    private Column(String title, String path, Style style) {
        this(title, path, style, Presence.ALWAYS);
    }

    /** Returns a column of text. */
    public static Column of(String title, String path) {
        return new Column(title, path, Style.LEFT);
    }

    /** Returns a column of words that are never cut. */
    public static Column word(String title, String path) {
        return new Column(title, path, Style.WORD);
    }

    /** Returns a column of numbers. */
    public static Column number(String title, String path) {
        return new Column(title, path, Style.RIGHT);
    }

    /** Returns a column that shows only the ends of long numbers. */
    public static Column tail(String title, String path) {
        return new Column(title, path, Style.TAIL);
    }

    /** Returns a column of instants. */
    public static Column time(String title, String path) {
        return new Column(title, path, Style.TIME);
    }

    /** Returns a column of instants, shown by their distance from now. */
    public static Column ago(String title, String path) {
        return new Column(title, path, Style.AGO);
    }

    /** Returns a column of UUIDs, shown by their beginnings. */
    public static Column id(String title, String path) {
        return new Column(title, path, Style.ID);
    }

    /** Returns the column as one that a terminal may leave out. */
    public Column ifUseful() {
        return new Column(title, path, style, Presence.IF_USEFUL);
    }

    /** Returns the column as one that a terminal leaves out before texts of other columns become short. */
    public Column ifRoom() {
        return new Column(title, path, style, Presence.IF_ROOM);
    }

    boolean optional() {
        return presence != Presence.ALWAYS;
    }

    /** Returns a cell's text as a terminal shows it. */
    String onScreen(String cell, boolean unicode, Instant now) {
        return switch (style) {
            case LEFT, WORD, RIGHT, ID -> cell;
            case TAIL -> cell.length() > TAIL ? (unicode ? "…" : "~") + cell.substring(cell.length() - TAIL) : cell;
            case TIME -> INSTANT.matcher(cell).replaceFirst("$1Z");
            case AGO -> INSTANT.matcher(cell).matches() ? distance(Duration.between(Instant.parse(cell), now)) : cell;
        };
    }

    private static String distance(Duration ago) {
        Duration time = ago.abs();
        String text;
        if (time.toDays() > 0) {
            text = time.toDays() + "d";
        } else if (time.toHours() > 0) {
            text = time.toHours() + "h";
        } else {
            text = time.toMinutes() > 0 ? time.toMinutes() + "m" : time.toSeconds() + "s";
        }
        return ago.isNegative() ? "in " + text : text + " ago";
    }

    boolean right() {
        return style == Style.RIGHT;
    }
}
