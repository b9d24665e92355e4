package dev.ingestkit.local.kinesis;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.dataformat.cbor.CBORFactory;
import com.fasterxml.jackson.dataformat.cbor.CBORGenerator;
import dev.ingestkit.local.events.SequenceNumber;
import dev.ingestkit.local.events.ShardId;
import dev.ingestkit.local.protocol.ServiceRequest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes the payloads of a subscription's events in the codec of the call that created it. Thread-safe. */
final class SubscriptionPayloads {

    private static final int CBOR_TIMESTAMP_TAG = 1;
    private static final JsonFactory JSON = new JsonFactory();
    private static final JsonFactory CBOR = new CBORFactory();

    private final JsonFactory factory;
    private final String contentType;

    private SubscriptionPayloads(JsonFactory factory, String contentType) {
        this.factory = requireNonNull(factory);
        this.contentType = requireNonNull(contentType);
    }

    static SubscriptionPayloads in(ServiceRequest.Wire wire) {
        return wire == ServiceRequest.Wire.CBOR
                ? new SubscriptionPayloads(CBOR, "application/x-amz-cbor-1.1")
                : new SubscriptionPayloads(JSON, "application/x-amz-json-1.1");
    }

    /** Returns the content type of the payloads. */
    String contentType() {
        return contentType;
    }

    /** Returns an object without members. */
    byte[] empty() {
        return write(generator -> {});
    }

    byte[] message(String text) {
        return write(generator -> generator.writeStringField("message", text));
    }

    /**
     * Returns a SubscribeToShardEvent.
     *
     * @param continuation the sequence number to subscribe from again; null at the end of the shard
     * @param children the child shards, at the end of the shard
     */
    byte[] event(ShardRead read, @Nullable SequenceNumber continuation, List<Shard> children) {
        return write(generator -> {
            generator.writeArrayFieldStart("Records");
            for (KinesisRecord record : read.records()) {
                writeRecord(generator, record);
            }
            generator.writeEndArray();
            if (continuation != null) {
                generator.writeStringField("ContinuationSequenceNumber", continuation.toString());
            }
            generator.writeNumberField("MillisBehindLatest", read.millisBehindLatest());
            if (!children.isEmpty()) {
                writeChildren(generator, children);
            }
        });
    }

    private static void writeRecord(JsonGenerator generator, KinesisRecord record) throws IOException {
        generator.writeStartObject();
        generator.writeStringField("SequenceNumber", record.sequenceNumber().toString());
        generator.writeFieldName("ApproximateArrivalTimestamp");
        writeTimestamp(generator, record.arrival());
        generator.writeBinaryField("Data", record.data());
        generator.writeStringField("PartitionKey", record.partitionKey());
        if (record.encrypted()) {
            generator.writeStringField("EncryptionType", EncryptionType.KMS.name());
        }
        generator.writeEndObject();
    }

    private static void writeTimestamp(JsonGenerator generator, Instant at) throws IOException {
        if (generator instanceof CBORGenerator cbor) {
            cbor.writeTag(CBOR_TIMESTAMP_TAG);
            cbor.writeNumber(at.toEpochMilli());
        } else {
            generator.writeNumber(BigDecimal.valueOf(at.toEpochMilli(), 3));
        }
    }

    private static void writeChildren(JsonGenerator generator, List<Shard> children) throws IOException {
        generator.writeArrayFieldStart("ChildShards");
        for (Shard child : children) {
            generator.writeStartObject();
            generator.writeStringField("ShardId", child.id().toString());
            generator.writeArrayFieldStart("ParentShards");
            for (ShardId parent : child.lineage().parents()) {
                generator.writeString(parent.toString());
            }
            generator.writeEndArray();
            generator.writeObjectFieldStart("HashKeyRange");
            generator.writeStringField("StartingHashKey", child.range().start().toString());
            generator.writeStringField("EndingHashKey", child.range().end().toString());
            generator.writeEndObject();
            generator.writeEndObject();
        }
        generator.writeEndArray();
    }

    private interface Members {
        void write(JsonGenerator generator) throws IOException;
    }

    private byte[] write(Members members) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
        try (JsonGenerator generator = factory.createGenerator(bytes)) {
            generator.writeStartObject();
            members.write(generator);
            generator.writeEndObject();
        } catch (IOException impossible) {
            throw new UncheckedIOException("an event could not be written", impossible);
        }
        return bytes.toByteArray();
    }
}
