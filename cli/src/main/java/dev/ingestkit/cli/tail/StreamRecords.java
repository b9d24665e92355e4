package dev.ingestkit.cli.tail;

import static java.util.Objects.requireNonNull;

import dev.ingestkit.cli.aws.AwsClients;
import dev.ingestkit.cli.aws.SharedShard;
import dev.ingestkit.cli.output.CliException;
import dev.ingestkit.cli.output.ExitCode;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.GetRecordsRequest;
import software.amazon.awssdk.services.kinesis.model.InvalidArgumentException;
import software.amazon.awssdk.services.kinesis.model.Record;
import software.amazon.awssdk.services.kinesis.model.ShardIteratorType;

/**
 * Reads the bytes of records from the stream, a page at a time. Caches the latest pages up to a number of bytes, since
 * events finish roughly in the order of their arrival. Not thread-safe.
 */
public final class StreamRecords {

    private static final long MAX_BYTES = 64L * 1024 * 1024;
    private static final int PAGE = 500;

    private final KinesisClient kinesis;
    private final SharedShard shard;
    private final Map<String, byte[]> kept = new LinkedHashMap<>();
    private long bytes;

    /** Creates a reader that uses the clients of one target. */
    public StreamRecords(AwsClients clients) {
        this.kinesis = requireNonNull(clients, "clients").kinesis();
        this.shard = new SharedShard(kinesis);
    }

    /** Returns a record's bytes; empty if the record has expired. */
    public Optional<byte[]> data(String stream, String shardId, String sequenceNumber) {
        String position = position(stream, shardId, sequenceNumber);
        byte[] known = kept.get(position);
        if (known == null) {
            read(stream, shardId, sequenceNumber);
            known = kept.get(position);
        }
        return Optional.ofNullable(known);
    }

    private void read(String stream, String shardId, String sequenceNumber) {
        try {
            String iterator = kinesis.getShardIterator(request -> request.streamName(stream)
                            .shardId(shardId)
                            .shardIteratorType(ShardIteratorType.AT_SEQUENCE_NUMBER)
                            .startingSequenceNumber(sequenceNumber))
                    .shardIterator();
            shard.page(GetRecordsRequest.builder()
                            .shardIterator(iterator)
                            .limit(PAGE)
                            .build())
                    .records()
                    .forEach(record -> keep(stream, shardId, record));
            trim(position(stream, shardId, sequenceNumber));
        } catch (InvalidArgumentException expired) {
            // Before the trim horizon the record does not exist, which is a valid answer.
            kept.remove(position(stream, shardId, sequenceNumber));
        } catch (SdkException refused) {
            throw new CliException(
                            "STREAM_UNREADABLE", ExitCode.ENVIRONMENT, "cannot read stream '%s'".formatted(stream))
                    .because(String.valueOf(refused.getMessage()), refused)
                    .hint("use --steps to show the steps without the events' payloads");
        }
    }

    private static String position(String stream, String shardId, String sequenceNumber) {
        return stream + " " + EventTracker.position(shardId, sequenceNumber);
    }

    private void keep(String stream, String shardId, Record record) {
        byte[] data = record.data().asByteArray();
        byte[] before = kept.put(position(stream, shardId, record.sequenceNumber()), data);
        bytes += data.length - (before == null ? 0 : before.length);
    }

    private void trim(String wanted) {
        Iterator<Map.Entry<String, byte[]>> oldest = kept.entrySet().iterator();
        while (bytes > MAX_BYTES && oldest.hasNext()) {
            Map.Entry<String, byte[]> entry = oldest.next();
            if (!entry.getKey().equals(wanted)) {
                bytes -= entry.getValue().length;
                oldest.remove();
            }
        }
    }
}
