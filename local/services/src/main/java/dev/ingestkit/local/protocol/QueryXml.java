package dev.ingestkit.local.protocol;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.POJONode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.Map;

/** Writes responses and errors of the query protocol. A writer is used once, by one thread. */
final class QueryXml {

    private static final DateTimeFormatter ISO =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    private final QueryDialect dialect;
    private final StringBuilder xml = new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");

    private QueryXml(QueryDialect dialect) {
        this.dialect = dialect;
    }

    /** Returns {@code <ActionResponse><ActionResult>…</ActionResult><ResponseMetadata>…}. */
    static byte[] response(QueryDialect dialect, String action, JsonNode members, String requestId) {
        QueryXml writer = new QueryXml(dialect);
        writer.xml
                .append('<')
                .append(action)
                .append("Response xmlns=\"")
                .append(dialect.xmlNamespace())
                .append("\">");
        if (members instanceof ObjectNode object && !dialect.withoutResult().contains(action)) {
            writer.result(action + "Result", object);
        }
        writer.xml.append("<ResponseMetadata>");
        writer.text("RequestId", requestId);
        writer.xml.append("</ResponseMetadata></").append(action).append("Response>\n");
        return writer.bytes();
    }

    static byte[] error(QueryDialect dialect, ServiceException error, String requestId) {
        QueryXml writer = new QueryXml(dialect);
        writer.xml
                .append("<ErrorResponse xmlns=\"")
                .append(dialect.xmlNamespace())
                .append("\"><Error>");
        writer.text("Type", error.status() < 500 ? "Sender" : "Receiver");
        writer.text("Code", error.queryCode().orElse(error.code()));
        writer.text("Message", error.queryText());
        writer.xml.append(dialect.errorDetail() ? "<Detail/></Error>" : "</Error>");
        writer.text("RequestId", requestId);
        writer.xml.append("</ErrorResponse>\n");
        return writer.bytes();
    }

    private void result(String name, ObjectNode members) {
        if (members.isEmpty()) {
            xml.append('<').append(name).append("/>");
        } else {
            element(name, members);
        }
    }

    private void element(String name, JsonNode node) {
        if (node.isNull() || node.isMissingNode()) {
            return;
        }
        if (node instanceof ArrayNode list) {
            list(name, list);
        } else if (node instanceof ObjectNode object) {
            xml.append('<').append(name).append('>');
            for (Map.Entry<String, JsonNode> member : object.properties()) {
                element(member.getKey(), member.getValue());
            }
            xml.append("</").append(name).append('>');
        } else {
            text(name, plain(node));
        }
    }

    private void list(String name, ArrayNode elements) {
        boolean flat = dialect.flattened().contains(name);
        if (!flat) {
            xml.append('<').append(name).append('>');
        }
        for (JsonNode element : elements) {
            element(flat ? name : "member", element);
        }
        if (!flat) {
            xml.append("</").append(name).append('>');
        }
    }

    private void text(String name, String text) {
        xml.append('<').append(name).append('>');
        for (int i = 0; i < text.length(); i++) {
            escape(text.charAt(i));
        }
        xml.append("</").append(name).append('>');
    }

    private void escape(char next) {
        switch (next) {
            case '&' -> xml.append("&amp;");
            case '<' -> xml.append("&lt;");
            case '>' -> xml.append("&gt;");
            case '"' -> xml.append("&quot;");
            case '\r' -> xml.append("&#xD;");
            default -> {
                // XML 1.0 has no form, not even an escaped one, for other control characters.
                boolean writable = next >= ' ' || next == '\n' || next == '\t';
                xml.append(writable && next != '\uFFFE' && next != '\uFFFF' ? next : '\uFFFD');
            }
        }
    }

    private static String plain(JsonNode node) {
        if (node instanceof POJONode pojo && pojo.getPojo() instanceof Instant at) {
            return ISO.format(at);
        }
        if (node.isBinary()) {
            try {
                return Base64.getEncoder().encodeToString(node.binaryValue());
            } catch (IOException impossible) {
                throw new UncheckedIOException("a binary node without bytes", impossible);
            }
        }
        return node.asText();
    }

    private byte[] bytes() {
        return xml.toString().getBytes(StandardCharsets.UTF_8);
    }
}
