package dev.ingestkit.core.deadletter;

import dev.ingestkit.core.deadletter.DeadLetter.OnFailure;
import dev.ingestkit.core.deadletter.DeadLetter.Parked;
import dev.ingestkit.core.deadletter.DeadLetter.RecordRange;
import dev.ingestkit.core.event.PayloadDigest;
import dev.ingestkit.core.event.RecordOrigin;
import dev.ingestkit.core.gzip.Gzip;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** Reads messages of the dead letter queue, of either kind. Stateless. */
public final class DeadLetterReader {

    private static final String BATCH = "KinesisBatchInfo";
    private static final String TABLE_BATCH = "DDBStreamBatchInfo";

    private DeadLetterReader() {}

    /**
     * Reads one message's body.
     *
     * @throws DeadLetterFormatException if the body is of neither kind, of an unknown version, or damaged
     */
    public static DeadLetter read(String message) throws DeadLetterFormatException {
        MessageFields fields = MessageFields.of(message);
        if (ParkedFormat.FORMAT.equals(fields.optional("format"))) {
            return parked(fields);
        }
        for (String batch : List.of(BATCH, TABLE_BATCH)) {
            if (fields.hasObject(batch)) {
                return onFailure(fields, batch);
            }
        }
        throw new DeadLetterFormatException("the message is neither an event parked by the writer (format '"
                + ParkedFormat.FORMAT
                + "') nor an on-failure record of a stream's mapping (" + BATCH + ", " + TABLE_BATCH + "); it has "
                + fields);
    }

    private static Parked parked(MessageFields fields) throws DeadLetterFormatException {
        int version = fields.integer("version");
        if (version != ParkedFormat.VERSION) {
            throw new DeadLetterFormatException("version " + version + " of '" + ParkedFormat.FORMAT
                    + "' is unknown to this version, which reads " + ParkedFormat.VERSION);
        }
        RecordOrigin origin = new RecordOrigin(
                fields.text("stream"),
                fields.text("shard"),
                fields.text("sequenceNumber"),
                fields.text("partitionKey"),
                fields.instant("arrivedAt"));
        int size = fields.integer("size");
        String sha256 = fields.text("sha256");
        byte @Nullable [] payload = payload(fields, size);
        if (payload != null && !PayloadDigest.sha256(payload).equals(sha256)) {
            throw new DeadLetterFormatException("the payload does not match its SHA-256 " + sha256 + " that is stated");
        }
        return new Parked(
                code(fields.text("code")),
                fields.text("reason"),
                fields.optional("eventId"),
                origin,
                size,
                sha256,
                payload);
    }

    private static byte @Nullable [] payload(MessageFields fields, int size) throws DeadLetterFormatException {
        String encoding = fields.text("payload.encoding");
        return switch (encoding) {
            case ParkedFormat.UTF8 -> fields.text("payload.data").getBytes(StandardCharsets.UTF_8);
            case ParkedFormat.GZIP_BASE64 -> expanded(fields.text("payload.data"), size);
            case ParkedFormat.STREAM -> null;
            default -> throw new DeadLetterFormatException("unknown encoding of the payload: '" + encoding + "'");
        };
    }

    private static byte[] expanded(String data, int size) throws DeadLetterFormatException {
        try {
            return Gzip.expand(Base64.getDecoder().decode(data), size);
        } catch (IOException | IllegalArgumentException e) {
            throw new DeadLetterFormatException("the compressed payload is damaged: " + e.getMessage(), e);
        }
    }

    private static ReasonCode code(String name) throws DeadLetterFormatException {
        try {
            return ReasonCode.valueOf(name);
        } catch (IllegalArgumentException e) {
            throw new DeadLetterFormatException("unknown reason code: '" + name + "'", e);
        }
    }

    private static OnFailure onFailure(MessageFields fields, String batch) throws DeadLetterFormatException {
        RecordRange range = new RecordRange(
                fields.text(batch + ".streamArn"),
                fields.text(batch + ".shardId"),
                fields.text(batch + ".startSequenceNumber"),
                fields.text(batch + ".endSequenceNumber"),
                fields.instant(batch + ".approximateArrivalOfFirstRecord"),
                fields.instant(batch + ".approximateArrivalOfLastRecord"),
                fields.integer(batch + ".batchSize"));
        String condition = fields.optional("requestContext.condition");
        return new OnFailure(
                condition == null ? "Unknown" : condition,
                fields.instant("timestamp"),
                range,
                fields.optional("requestContext.requestId"),
                fields.optional("requestContext.functionArn"),
                fields.optional("requestContext.approximateInvokeCount") == null
                        ? OptionalInt.empty()
                        : OptionalInt.of(fields.integer("requestContext.approximateInvokeCount")),
                fields.optional("responseContext.functionError"));
    }
}
