package dev.ingestkit.local.sqs;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ingestkit.local.protocol.AwsInput;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the message of a call. Stateless. */
final class MessageReader {

    private static final String TRACE_HEADER = "AWSTraceHeader";

    private MessageReader() {}

    /**
     * Reads and validates a message.
     *
     * @param maxBytes the queue's limit on body and attributes together
     * @throws dev.ingestkit.local.protocol.ServiceException for messages that SQS rejects
     */
    static MessageContent read(AwsInput input, int maxBytes) {
        String body = input.string("MessageBody").orElseThrow(() -> SqsErrors.missing("MessageBody"));
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        if (bytes.length == 0) {
            throw SqsErrors.missing("MessageBody");
        }
        if (!isXmlText(body)) {
            throw SqsErrors.invalidContents();
        }
        MessageAttributes attributes = MessageAttributes.of(input, "MessageAttributes");
        int size = bytes.length + attributes.bytes();
        if (size > maxBytes) {
            throw SqsErrors.invalid(
                    "One or more parameters are invalid. Reason: Message must be shorter than " + maxBytes + " bytes.");
        }
        MessageAttributes system = MessageAttributes.of(input, "MessageSystemAttributes");
        if (!system.isEmpty() && !system.names().equals(List.of(TRACE_HEADER))) {
            throw SqsErrors.invalid("Message system attribute name '" + system.names()
                    + "' is invalid; the only one that can be sent is " + TRACE_HEADER + ".");
        }
        if (!system.isEmpty() && traceHeader(system) == null) {
            throw SqsErrors.invalid("The type of message (system) attribute '" + TRACE_HEADER + "' must be String.");
        }
        return new MessageContent(
                body,
                MessageAttributes.md5(bytes),
                attributes.toNode(),
                attributes.md5(),
                traceHeader(system),
                system.md5(),
                size);
    }

    private static @Nullable String traceHeader(MessageAttributes system) {
        JsonNode header = system.toNode().path(TRACE_HEADER);
        return header.path("DataType").asText().equals("String")
                ? header.path("StringValue").textValue()
                : null;
    }

    /** Returns whether XML 1.0 can carry the text; SQS rejects any other. */
    static boolean isXmlText(String text) {
        for (int index = 0; index < text.length(); ) {
            int character = text.codePointAt(index);
            boolean valid = character == 0x9
                    || character == 0xA
                    || character == 0xD
                    || (character >= 0x20 && character <= 0xD7FF)
                    || (character >= 0xE000 && character <= 0xFFFD)
                    || character >= 0x10000;
            if (!valid) {
                return false;
            }
            index += Character.charCount(character);
        }
        return true;
    }
}
