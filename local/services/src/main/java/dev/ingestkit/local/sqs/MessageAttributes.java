package dev.ingestkit.local.sqs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ingestkit.local.protocol.AwsInput;
import dev.ingestkit.local.protocol.ServiceException;
import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Validates message attributes and computes the digest that SDKs verify. Immutable.
 *
 * @see <a
 *
 * href="https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-message-metadata.html">Message
 *     metadata and its MD5 digest</a>
 */
final class MessageAttributes {

    private static final Pattern NAME = Pattern.compile("[\\p{L}\\p{N}_.-]{1,256}");
    private static final Pattern TYPE = Pattern.compile("(String|Number|Binary)(\\..+)?");
    private static final int MAX_ATTRIBUTES = 10;
    private static final byte TRANSPORT_TEXT = 1;
    private static final byte TRANSPORT_BINARY = 2;

    private final Map<String, Value> values;

    private MessageAttributes(Map<String, Value> values) {
        this.values = values;
    }

    private record Value(String type, boolean binary, byte[] bytes) {}

    /**
     * Reads attributes.
     *
     * @param member {@code MessageAttributes} or {@code MessageSystemAttributes}
     * @throws dev.ingestkit.local.protocol.ServiceException for attributes that SQS rejects
     */
    static MessageAttributes of(AwsInput input, String member) {
        JsonNode nodes = input.object(member).map(AwsInput::node).orElseGet(JsonNodeFactory.instance::objectNode);
        Map<String, Value> values = new TreeMap<>();
        nodes.properties()
                .forEach(entry -> values.put(checkedName(entry.getKey()), value(entry.getKey(), entry.getValue())));
        if (values.size() > MAX_ATTRIBUTES) {
            throw SqsErrors.invalid("Number of message attributes [" + values.size() + "] exceeds the allowed maximum ["
                    + MAX_ATTRIBUTES + "].");
        }
        return new MessageAttributes(values);
    }

    private static String checkedName(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        boolean dots = name.startsWith(".") || name.endsWith(".") || name.contains("..");
        if (!NAME.matcher(name).matches() || dots || lower.startsWith("aws.") || lower.startsWith("amazon.")) {
            throw SqsErrors.invalid("The message attribute name '" + name + "' is invalid.");
        }
        return name;
    }

    private static Value value(String name, JsonNode node) {
        AwsInput input = new AwsInput(node);
        String type = input.string("DataType").orElse("");
        if (!TYPE.matcher(type).matches() || type.length() > 256) {
            throw SqsErrors.invalid("The type of message (user) attribute '" + name
                    + "' is invalid. You must use only the following supported type prefixes: Binary, Number, String.");
        }
        boolean binary = type.startsWith("Binary");
        byte[] bytes = binary
                ? input.blob("BinaryValue").orElse(new byte[0])
                : input.string("StringValue").orElse("").getBytes(StandardCharsets.UTF_8);
        if (bytes.length == 0) {
            throw SqsErrors.invalid("Message (user) attribute '" + name + "' must contain a non-empty value of type '"
                    + (binary ? "Binary" : "String") + "'.");
        }
        if (!binary) {
            check(name, type, new String(bytes, StandardCharsets.UTF_8));
        }
        return new Value(type, binary, bytes);
    }

    private static void check(String name, String type, String text) {
        if (!MessageReader.isXmlText(text)) {
            throw SqsErrors.invalid("Message (user) attribute '" + name
                    + "' contains a character that is not one of #x9 | #xA | #xD | #x20 to #xD7FF | #xE000 to #xFFFD |"
                    + " #x10000 to #x10FFFF.");
        }
        if (!type.startsWith("Number")) {
            return;
        }
        try {
            int digits = new BigDecimal(text).precision();
            if (digits <= 38) {
                return;
            }
        } catch (NumberFormatException notANumber) {
            throw notNumeric(name, text);
        }
        throw notNumeric(name, text);
    }

    private static RuntimeException notNumeric(String name, String text) {
        return SqsErrors.invalid(
                "Can't cast the value of message (user) attribute '" + name + "' to a number: " + text);
    }

    /** Returns the size of an entry's attributes; 0 if they are invalid, since the entry then fails on its own. */
    static int sizeOf(AwsInput entry) {
        try {
            return of(entry, "MessageAttributes").bytes();
        } catch (ServiceException invalid) {
            return 0;
        }
    }

    boolean isEmpty() {
        return values.isEmpty();
    }

    List<String> names() {
        return List.copyOf(values.keySet());
    }

    int bytes() {
        int bytes = 0;
        for (Map.Entry<String, Value> entry : values.entrySet()) {
            bytes += utf8(entry.getKey()).length
                    + utf8(entry.getValue().type()).length
                    + entry.getValue().bytes().length;
        }
        return bytes;
    }

    /**
     * Returns the digest of each name, type and value with its length before it, sorted by name, and a byte that
     * distinguishes text from bytes. Null without attributes.
     */
    @Nullable
    String md5() {
        if (values.isEmpty()) {
            return null;
        }
        ByteArrayOutputStream all = new ByteArrayOutputStream(256);
        values.forEach((name, value) -> {
            append(all, utf8(name));
            append(all, utf8(value.type()));
            all.write(value.binary() ? TRANSPORT_BINARY : TRANSPORT_TEXT);
            append(all, value.bytes());
        });
        return md5(all.toByteArray());
    }

    ObjectNode toNode() {
        ObjectNode nodes = JsonNodeFactory.instance.objectNode();
        values.forEach((name, value) -> {
            ObjectNode node = nodes.putObject(name);
            if (value.binary()) {
                node.put("BinaryValue", value.bytes());
            } else {
                node.put("StringValue", new String(value.bytes(), StandardCharsets.UTF_8));
            }
            node.put("DataType", value.type());
        });
        return nodes;
    }

    private static void append(ByteArrayOutputStream all, byte[] bytes) {
        all.writeBytes(ByteBuffer.allocate(4).putInt(bytes.length).array());
        all.writeBytes(bytes);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    static String md5(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(bytes));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every Java platform has MD5", impossible);
        }
    }
}
