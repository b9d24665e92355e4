package dev.ingestkit.local.table.api;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.ingestkit.local.table.error.TableException;
import dev.ingestkit.local.table.item.ItemJson;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Writes errors as DynamoDB does: the type, a message if there is one, and the members that some errors add. */
final class ErrorAnswer {
    private ErrorAnswer() {}

    static TableApi.Answer of(TableException error) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(256);
        try (JsonGenerator json = ItemJson.FACTORY.createGenerator(out)) {
            json.writeStartObject();
            json.writeStringField("__type", error.type());
            if (error.getMessage() != null) {
                json.writeStringField(messageMember(error.name()), error.getMessage());
            }
            if (error.members() != null) {
                error.members().write(json);
            }
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write an error to memory", e);
        }
        return new TableApi.Answer(error.status(), out.toByteArray());
    }

    /** Two kinds of errors spell their message with a capital letter. */
    private static String messageMember(String name) {
        return name.equals("SerializationException") || name.equals("TransactionCanceledException")
                ? "Message"
                : "message";
    }
}
