package dev.ingestkit.cli.output;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/**
 * A user's form of a record: text with fields in braces, {@code {time} {data.type}\n}. Escapes are {@code \n}, {@code
 * \t}, {@code \\}, <code>\{</code> and <code>\}</code>. Values are shown as in a table's cell: no control character of theirs comes through.
 * Immutable.
 */
public final class FieldFormat {

    private final List<Function<JsonNode, String>> parts;

    private FieldFormat(List<Function<JsonNode, String>> parts) {
        this.parts = List.copyOf(parts);
    }

    /**
     * Parses a format.
     *
     * @param fields the names that a record has; what lies within one of them may be anything
     * @throws CliException with USAGE for a field that no record has, or a brace that does not end
     */
    public static FieldFormat parse(String format, Set<String> fields) {
        List<Function<JsonNode, String>> parts = new ArrayList<>();
        StringBuilder literal = new StringBuilder();
        for (int place = 0; place < requireNonNull(format, "format").length(); place++) {
            char sign = format.charAt(place);
            if (sign == '\\') {
                place++;
                literal.append(escaped(format, place));
            } else if (sign == '{') {
                int end = format.indexOf('}', place);
                String path = end < 0 ? "" : format.substring(place + 1, end);
                check(format, path, fields);
                add(literal, parts);
                parts.add(record -> Text.cell(record, path));
                place = end;
            } else {
                literal.append(sign);
            }
        }
        add(literal, parts);
        return new FieldFormat(parts);
    }

    private static char escaped(String format, int place) {
        char sign = place < format.length() ? format.charAt(place) : ' ';
        return switch (sign) {
            case 'n' -> '\n';
            case 't' -> '\t';
            case '\\', '{', '}' -> sign;
            default ->
                throw wrong(format, place < format.length() ? "unknown escape \\" + sign : "a \\ at the end")
                        .hint("escapes are \\n \\t \\\\ \\{ \\}");
        };
    }

    private static void check(String format, String path, Set<String> fields) {
        if (path.isEmpty()) {
            throw wrong(format, "a { without a field's name and }").hint("write \\{ for the sign itself");
        }
        if (!fields.contains(path.split("\\.", 2)[0])) {
            throw wrong(format, "no field '%s'".formatted(path))
                    .hint("fields are: " + String.join(", ", fields))
                    .hint("what lies within one is reached by dots: {data.customer.name}");
        }
    }

    private static CliException wrong(String format, String what) {
        return new CliException("FORMAT", ExitCode.USAGE, "--format '%s': %s".formatted(format, what));
    }

    private static void add(StringBuilder literal, List<Function<JsonNode, String>> parts) {
        if (!literal.isEmpty()) {
            String text = literal.toString();
            parts.add(record -> text);
            literal.setLength(0);
        }
    }

    /** The record in this form. */
    public String of(JsonNode record) {
        StringBuilder text = new StringBuilder();
        parts.forEach(part -> text.append(part.apply(record)));
        return text.toString();
    }
}
