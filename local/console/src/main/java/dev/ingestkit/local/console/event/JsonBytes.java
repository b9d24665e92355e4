package dev.ingestkit.local.console.event;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.ByteArrayBuilder;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.util.TokenBuffer;
import dev.ingestkit.local.events.Json;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Writes JSON straight into bytes, without a tree of nodes: a follower's messages cost the pipeline little. */
final class JsonBytes {

    /** Writes a part of a document. */
    @FunctionalInterface
    interface Part {
        void write(JsonGenerator json) throws IOException;
    }

    private JsonBytes() {}

    /** Returns an object with the members that a part writes. */
    static byte[] object(Part members) {
        try (ByteArrayBuilder bytes = new ByteArrayBuilder();
                JsonGenerator json = Json.mapper().createGenerator(bytes)) {
            json.writeStartObject();
            members.write(json);
            json.writeEndObject();
            json.flush();
            return bytes.toByteArray();
        } catch (IOException impossible) {
            throw new UncheckedIOException("memory takes every byte", impossible);
        }
    }

    /** Returns a part as a tree. */
    static JsonNode tree(Part part) {
        try (TokenBuffer buffer = new TokenBuffer(Json.mapper(), false)) {
            part.write(buffer);
            return Json.mapper().readTree(buffer.asParser());
        } catch (IOException impossible) {
            throw new UncheckedIOException("memory takes every token", impossible);
        }
    }
}
