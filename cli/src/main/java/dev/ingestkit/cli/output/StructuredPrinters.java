package dev.ingestkit.cli.output;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import dev.ingestkit.local.events.Json;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.common.FlowStyle;

/** The printers of the structured formats. */
final class StructuredPrinters {

    private static final ObjectMapper MAPPER = Json.mapper();

    private StructuredPrinters() {}

    static String json(ObjectWriter writer, JsonNode record) {
        try {
            return writer.writeValueAsString(record);
        } catch (JsonProcessingException unwritable) {
            throw new IllegalStateException("a record has no JSON form", unwritable);
        }
    }

    /** Prints one object per line. */
    static final class Lines implements RecordPrinter {
        private final PrintStream out;
        private final ObjectWriter writer = MAPPER.writer();

        Lines(PrintStream out) {
            this.out = out;
        }

        @Override
        public void print(JsonNode record) {
            out.print(json(writer, record) + "\n");
        }

        @Override
        public void finish() {}
    }

    /** Prints one array of all records as they come, so that memory does not grow with their number. */
    static final class Array implements RecordPrinter {
        private final PrintStream out;
        private final ObjectWriter writer = MAPPER.writerWithDefaultPrettyPrinter();
        private boolean begun;

        Array(PrintStream out) {
            this.out = out;
        }

        @Override
        public void print(JsonNode record) {
            out.print(begun ? ",\n" : "[\n");
            out.print(json(writer, record).indent(2).stripTrailing());
            begun = true;
        }

        @Override
        public void finish() {
            out.print(begun ? "\n]\n" : "[]\n");
        }
    }

    /** Prints one document with a list item per record. */
    static final class Yaml implements RecordPrinter {
        private final PrintStream out;
        private final Dump dump;
        private final boolean list;
        private boolean begun;

        Yaml(PrintStream out, boolean list) {
            DumpSettings settings = DumpSettings.builder()
                    .setDefaultFlowStyle(FlowStyle.BLOCK)
                    .setWidth(120)
                    .build();
            this.dump = new Dump(settings, new YamlValues(settings));
            this.out = out;
            this.list = list;
        }

        @Override
        public void print(JsonNode record) {
            Object plain = YamlValues.of(record);
            out.print(dump.dumpToString(list ? Collections.singletonList(plain) : plain));
            begun = true;
        }

        @Override
        public void finish() {
            if (list && !begun) {
                out.print("[]\n");
            }
        }
    }

    /** Prints RFC 4180 with a header line and LF line ends. A cell that looks like a formula starts with '. */
    static final class Csv implements RecordPrinter {
        private final PrintStream out;
        private final List<Column> columns;
        private boolean begun;

        Csv(PrintStream out, List<Column> columns) {
            this.out = out;
            this.columns = columns;
        }

        @Override
        public void print(JsonNode record) {
            head();
            List<String> cells = new ArrayList<>();
            for (Column column : columns) {
                cells.add(quote(value(record, column.path())));
            }
            out.print(String.join(",", cells) + "\n");
        }

        private void head() {
            if (!begun) {
                begun = true;
                out.print(String.join(
                                ",",
                                columns.stream()
                                        .map(column -> column.path().isEmpty() ? "item" : column.path())
                                        .toList())
                        + "\n");
            }
        }

        private static String value(JsonNode record, String path) {
            JsonNode node = record;
            for (String name : path.isEmpty() ? new String[0] : path.split("\\.", -1)) {
                node = node.path(name);
            }
            if (node.isMissingNode() || node.isNull()) {
                return "";
            }
            String text = node.isValueNode() ? node.asText() : node.toString();
            return node.isTextual() && text.matches("(?s)[=+@\\-\\t\\r].*") ? "'" + text : text;
        }

        private static String quote(String text) {
            boolean plain = text.chars().noneMatch(sign -> sign == ',' || sign == '"' || sign == '\n' || sign == '\r');
            return plain ? text : '"' + text.replace("\"", "\"\"") + '"';
        }

        @Override
        public void finish() {
            head();
        }
    }

    /** Prints the first column, one value per line. */
    static final class Names implements RecordPrinter {
        private final PrintStream out;
        private final Column first;

        Names(PrintStream out, Column first) {
            this.out = out;
            this.first = first;
        }

        @Override
        public void print(JsonNode record) {
            out.print(Text.cell(record, first.path()) + "\n");
        }

        @Override
        public void finish() {}
    }

    /** Prints one record as fields and values, for a table of a single value. */
    static final class Fields implements RecordPrinter {
        private final PrintStream out;

        Fields(PrintStream out) {
            this.out = out;
        }

        @Override
        public void print(JsonNode record) {
            int width = 0;
            for (Map.Entry<String, JsonNode> field : record.properties()) {
                width = Math.max(width, Text.width(Text.safe(field.getKey())));
            }
            for (Map.Entry<String, JsonNode> field : record.properties()) {
                String name = Text.safe(field.getKey());
                for (String line : lines(field.getValue())) {
                    out.print(name + " ".repeat(width - Text.width(name) + 2) + Text.safe(line) + "\n");
                    name = "";
                }
            }
        }

        /** A list of plain values has a line for each. */
        private static List<String> lines(JsonNode value) {
            boolean isList = value.isArray() && !value.isEmpty();
            List<String> lines = new ArrayList<>();
            for (JsonNode each : isList ? value : List.of(value)) {
                if (isList && !each.isValueNode()) {
                    return List.of(value.toString());
                }
                lines.add(
                        each.isNull() || (each.isArray() && each.isEmpty())
                                ? "-"
                                : each.isValueNode() ? each.asText() : each.toString());
            }
            return lines;
        }

        @Override
        public void finish() {}
    }
}
