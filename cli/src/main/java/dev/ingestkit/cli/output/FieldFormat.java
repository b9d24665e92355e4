package dev.ingestkit.cli.output;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/**
 * A user-defined form of a record: text with fields in braces, {@code {time} {data.type}\n}. Escapes are {@code \n},
 * {@code \t}, {@code \\}, <code>\{</code> and <code>\}</code>. Values are printed as in a table, without control
 * characters. Immutable.
 */
public final class FieldFormat {

    private final List<Function<JsonNode, String>> parts;

    private FieldFormat(List<Function<JsonNode, String>> parts) {
        this.parts = List.copyOf(parts);
    }

    /**
     * Parses a format.
     *
     * @param fields the names of a record's fields; nested names are not checked
     * @throws CliException with USAGE for an unknown field or an unclosed brace
     */
    public static FieldFormat parse(String format, Set<String> fields) {
        List<Function<JsonNode, String>> parts = new ArrayList<>();
        StringBuilder literal = new StringBuilder();
        for (int index = 0; index < requireNonNull(format, "format").length(); index++) {
            char sign = format.charAt(index);
            if (sign == '\\') {
                index++;
                literal.append(escaped(format, index));
            } else if (sign == '{') {
                int end = format.indexOf('}', index);
                String path = end < 0 ? "" : format.substring(index + 1, end);
                check(format, path, fields);
                add(literal, parts);
                parts.add(record -> Text.cell(record, path));
                index = end;
            } else {
                literal.append(sign);
            }
        }
        add(literal, parts);
        return new FieldFormat(parts);
    }

    private static char escaped(String format, int index) {
        char sign = index < format.length() ? format.charAt(index) : ' ';
        return switch (sign) {
            case 'n' -> '\n';
            case 't' -> '\t';
            case '\\', '{', '}' -> sign;
            default ->
                throw wrong(format, index < format.length() ? "unknown escape \\" + sign : "a \\ at the end")
                        .hint("escapes: \\n \\t \\\\ \\{ \\}");
        };
    }

    private static void check(String format, String path, Set<String> fields) {
        if (path.isEmpty()) {
            throw wrong(format, "a { without a field name and }").hint("write \\{ for the brace itself");
        }
        if (!fields.contains(path.split("\\.", 2)[0])) {
            throw wrong(format, "unknown field '%s'".formatted(path))
                    .hint("fields: " + String.join(", ", fields))
                    .hint("use dots for nested fields: {data.customer.name}");
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

    /** Returns the record in this form. */
    public String of(JsonNode record) {
        StringBuilder text = new StringBuilder();
        parts.forEach(part -> text.append(part.apply(record)));
        return text.toString();
    }
}
