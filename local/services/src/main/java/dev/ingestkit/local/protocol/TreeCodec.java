package dev.ingestkit.local.protocol;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.TokenStreamFactory;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NumericNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.POJONode;
import com.fasterxml.jackson.dataformat.cbor.CBORFactory;
import com.fasterxml.jackson.dataformat.cbor.CBORGenerator;
import com.fasterxml.jackson.dataformat.cbor.CBORParser;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads and writes trees as JSON or CBOR. The two differ in binary data (base64 or bytes) and timestamps: AWS's JSON
 * has epoch seconds with a fraction, AWS's CBOR 1.1 has tag 1 with epoch <em>milliseconds</em> (the tag's own
 * definition says seconds; SDKs of both generations write and expect milliseconds). Thread-safe.
 */
final class TreeCodec {

    static final TreeCodec JSON = new TreeCodec(new JsonFactory());
    static final TreeCodec CBOR = new TreeCodec(new CBORFactory());

    /** No input of the services parsed here nests deeper than about ten. */
    private static final int MAX_DEPTH = 64;

    /** The port's body limit applies first; this limit only has to admit its longest text. */
    private static final int MAX_TEXT_LENGTH = 64 << 20;

    private static final int CBOR_TIMESTAMP_TAG = 1;
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final TokenStreamFactory factory;

    private TreeCodec(JsonFactory factory) {
        this.factory = factory.setStreamReadConstraints(StreamReadConstraints.builder()
                .maxNestingDepth(MAX_DEPTH)
                .maxStringLength(MAX_TEXT_LENGTH)
                .build());
    }

    /** Thrown for a body that is not an object of this codec. The message says what is wrong and where. */
    static final class MalformedException extends Exception {

        private static final long serialVersionUID = 1L;

        MalformedException(String message) {
            super(message, null, false, false);
        }
    }

    /** Returns the object in a body; an empty body is an empty object. */
    ObjectNode read(byte[] body) throws MalformedException {
        if (body.length == 0) {
            return NODES.objectNode();
        }
        try (JsonParser parser = factory.createParser(body)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new MalformedException("the body must be one object");
            }
            ObjectNode members = readObject(parser);
            if (parser.nextToken() != null) {
                throw new MalformedException("the body has content after its object");
            }
            return members;
        } catch (IOException malformed) {
            throw new MalformedException(firstLine(malformed));
        }
    }

    /**
     * Returns the object in a JSON body, as {@link #read(byte[])} does.
     *
     * @param blobs names of members that are read as bytes where they hold base64
     */
    ObjectNode read(byte[] body, Set<String> blobs) throws MalformedException {
        Optional<ObjectNode> usual = blobs.isEmpty() ? Optional.empty() : BlobBody.read(body, blobs);
        return usual.isPresent() ? usual.get() : read(body);
    }

    /** Writes a tree. A member that is null or missing is omitted, as AWS does. */
    byte[] write(JsonNode tree) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
        try (JsonGenerator generator = factory.createGenerator(bytes)) {
            writeNode(generator, tree);
        } catch (IOException impossible) {
            throw new UncheckedIOException("a response could not be written", impossible);
        }
        return bytes.toByteArray();
    }

    private static ObjectNode readObject(JsonParser parser) throws IOException, MalformedException {
        ObjectNode members = NODES.objectNode();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            parser.nextToken();
            members.set(name, readNode(parser));
        }
        return members;
    }

    private static JsonNode readNode(JsonParser parser) throws IOException, MalformedException {
        JsonToken token = parser.currentToken();
        if (token == null) {
            throw new MalformedException("the body ends in the middle of a value");
        }
        return switch (token) {
            case START_OBJECT -> readObject(parser);
            case START_ARRAY -> readArray(parser);
            case VALUE_STRING -> NODES.textNode(parser.getText());
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> readNumber(parser);
            case VALUE_TRUE -> NODES.booleanNode(true);
            case VALUE_FALSE -> NODES.booleanNode(false);
            case VALUE_NULL -> NODES.nullNode();
            case VALUE_EMBEDDED_OBJECT -> readEmbedded(parser);
            default -> throw new MalformedException("the body has a misplaced value");
        };
    }

    private static ArrayNode readArray(JsonParser parser) throws IOException, MalformedException {
        ArrayNode elements = NODES.arrayNode();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            elements.add(readNode(parser));
        }
        return elements;
    }

    private static JsonNode readNumber(JsonParser parser) throws IOException, MalformedException {
        if (parser.isNaN()) {
            throw new MalformedException("the body has a number that is not finite");
        }
        boolean timestamp = parser instanceof CBORParser cbor && cbor.getCurrentTag() == CBOR_TIMESTAMP_TAG;
        if (timestamp) {
            return NODES.pojoNode(Instant.ofEpochMilli(parser.getDecimalValue().longValue()));
        }
        NumericNode number = switch (parser.getNumberType()) {
            case INT -> NODES.numberNode(parser.getIntValue());
            case LONG -> NODES.numberNode(parser.getLongValue());
            case BIG_INTEGER -> (NumericNode) NODES.numberNode(parser.getBigIntegerValue());
            default -> (NumericNode) NODES.numberNode(parser.getDecimalValue());
        };
        return number;
    }

    private static JsonNode readEmbedded(JsonParser parser) throws IOException, MalformedException {
        if (parser.getEmbeddedObject() instanceof byte[] bytes) {
            return NODES.binaryNode(bytes);
        }
        throw new MalformedException("the body has a value of an unknown type");
    }

    private static void writeNode(JsonGenerator generator, JsonNode node) throws IOException {
        switch (node.getNodeType()) {
            case OBJECT -> writeObject(generator, node);
            case ARRAY -> {
                generator.writeStartArray(node, node.size());
                for (JsonNode element : node) {
                    writeNode(generator, element);
                }
                generator.writeEndArray();
            }
            case BINARY -> generator.writeBinary(node.binaryValue());
            case POJO -> writePojo(generator, ((POJONode) node).getPojo());
            case STRING -> generator.writeString(node.textValue());
            case BOOLEAN -> generator.writeBoolean(node.booleanValue());
            case NUMBER -> writeNumber(generator, node);
            case NULL, MISSING -> generator.writeNull();
        }
    }

    private static void writeObject(JsonGenerator generator, JsonNode node) throws IOException {
        generator.writeStartObject();
        for (Map.Entry<String, JsonNode> member : node.properties()) {
            if (!member.getValue().isNull() && !member.getValue().isMissingNode()) {
                generator.writeFieldName(member.getKey());
                writeNode(generator, member.getValue());
            }
        }
        generator.writeEndObject();
    }

    private static void writeNumber(JsonGenerator generator, JsonNode node) throws IOException {
        switch (node.numberType()) {
            case INT -> generator.writeNumber(node.intValue());
            case LONG -> generator.writeNumber(node.longValue());
            case BIG_INTEGER -> generator.writeNumber(node.bigIntegerValue());
            case FLOAT, DOUBLE -> generator.writeNumber(node.doubleValue());
            case BIG_DECIMAL -> generator.writeNumber(node.decimalValue());
        }
    }

    private static void writePojo(JsonGenerator generator, Object value) throws IOException {
        if (!(value instanceof Instant at)) {
            throw new IllegalArgumentException("the only object that a response tree may hold is an Instant: " + value);
        }
        if (generator instanceof CBORGenerator cbor) {
            cbor.writeTag(CBOR_TIMESTAMP_TAG);
            cbor.writeNumber(at.toEpochMilli());
        } else {
            generator.writeNumber(BigDecimal.valueOf(at.toEpochMilli(), 3).toPlainString());
        }
    }

    private static String firstLine(IOException malformed) {
        String text = String.valueOf(malformed.getMessage());
        int end = text.indexOf('\n');
        return end < 0 ? text : text.substring(0, end);
    }
}
