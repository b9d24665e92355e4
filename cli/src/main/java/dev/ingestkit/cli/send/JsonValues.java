package dev.ingestkit.cli.send;

import static java.util.Objects.requireNonNull;

import dev.ingestkit.cli.output.CliException;
import dev.ingestkit.cli.output.ExitCode;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Splits an input into its JSON values without changing their bytes: the elements of one array, or consecutive values,
 * one per line (NDJSON) or not. Holds only one value at a time. Does not validate the text between brackets and quotes,
 * which is left to the API. A word that is not JSON extends to the end of its line.
 */
final class JsonValues implements PayloadSource {

    /** Above the size of a Kinesis record (1 MiB, or 10 MiB if the stream allows it), no value can be accepted. */
    static final int MAX_BYTES = 16 * 1024 * 1024;

    private static final int END = -1;
    private static final Pattern SCALAR = Pattern.compile("true|false|null|-?[0-9][0-9.eE+-]*");

    private final InputStream in;
    private final String name;
    private long offset;
    private int pushedBack = Integer.MIN_VALUE;
    private boolean begun;
    private boolean array;

    /**
     * @param name the input's name, for errors
     */
    JsonValues(InputStream in, String name) {
        this.in = new BufferedInputStream(requireNonNull(in, "in"), 64 * 1024);
        this.name = requireNonNull(name, "name");
    }

    @Override
    public Optional<byte[]> next() throws IOException {
        int first = skipSpace();
        if (!begun) {
            begun = true;
            if (first == '[') {
                array = true;
                first = skipSpace();
                if (first == ']') {
                    return ended();
                }
            }
        } else if (array) {
            if (first == ']') {
                return ended();
            }
            if (first != ',') {
                throw malformed("expected ',' or ']' after an element of the array");
            }
            first = skipSpace();
        }
        if (first == END) {
            if (array) {
                throw malformed("the array is not closed");
            }
            return Optional.empty();
        }
        return Optional.of(value(first));
    }

    private Optional<byte[]> ended() throws IOException {
        if (skipSpace() != END) {
            throw malformed("unexpected text after the array");
        }
        pushedBack = END;
        array = false;
        return Optional.empty();
    }

    private byte[] value(int first) throws IOException {
        ByteArrayOutputStream value = new ByteArrayOutputStream(256);
        switch (first) {
            case '{', '[' -> nested(first, value);
            case '"' -> string(value);
            case ']', '}', ',', ':' -> throw malformed("unexpected '" + (char) first + "'");
            default -> scalar(first, value);
        }
        return value.toByteArray();
    }

    private void nested(int first, ByteArrayOutputStream value) throws IOException {
        int depth = 0;
        int next = first;
        while (true) {
            if (next == END) {
                throw malformed("the last value is incomplete");
            }
            if (next == '"') {
                string(value);
            } else {
                append(next, value);
                depth += next == '{' || next == '[' ? 1 : next == '}' || next == ']' ? -1 : 0;
                if (depth == 0) {
                    return;
                }
            }
            next = read();
        }
    }

    /** Reads a string after its opening quote. */
    private void string(ByteArrayOutputStream value) throws IOException {
        append('"', value);
        for (int next = read(); next != '"'; next = read()) {
            if (next == '\\') {
                append(next, value);
                next = read();
            }
            if (next == END) {
                throw malformed("a string is not closed");
            }
            append(next, value);
        }
        append('"', value);
    }

    private void scalar(int first, ByteArrayOutputStream value) throws IOException {
        int next = first;
        while (next != END && !isSpace(next) && next != ',' && next != ']' && next != '}') {
            append(next, value);
            next = read();
        }
        pushedBack = next;
        if (!array && !SCALAR.matcher(value.toString(StandardCharsets.UTF_8)).matches()) {
            restOfLine(value);
        }
    }

    private void restOfLine(ByteArrayOutputStream value) throws IOException {
        int next = read();
        while (next != END && next != '\n') {
            append(next, value);
            next = read();
        }
        pushedBack = next;
    }

    private void append(int next, ByteArrayOutputStream value) {
        if (value.size() == MAX_BYTES) {
            throw malformed("a value is longer than %,d bytes".formatted(MAX_BYTES));
        }
        value.write(next);
    }

    private int skipSpace() throws IOException {
        int next = read();
        while (isSpace(next) || (next == 0xEF && offset == 1 && isRestOfByteOrderMark())) {
            next = read();
        }
        return next;
    }

    private boolean isRestOfByteOrderMark() throws IOException {
        return read() == 0xBB && read() == 0xBF;
    }

    private static boolean isSpace(int next) {
        return next == ' ' || next == '\n' || next == '\r' || next == '\t';
    }

    private int read() throws IOException {
        if (pushedBack != Integer.MIN_VALUE) {
            int next = pushedBack;
            pushedBack = next == END ? END : Integer.MIN_VALUE;
            return next;
        }
        int next = in.read();
        offset += next == END ? 0 : 1;
        return next;
    }

    private CliException malformed(String what) {
        return new CliException(
                        "INPUT_MALFORMED",
                        ExitCode.USAGE,
                        "%s is not valid JSON at byte %,d: %s".formatted(name, offset, what))
                .hint("use --each to send every line unchanged, JSON or not");
    }
}
