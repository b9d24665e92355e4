package dev.ingestkit.cli.deadletter;

import static java.util.Objects.requireNonNull;

import dev.ingestkit.cli.aws.AwsClients;
import dev.ingestkit.cli.aws.SdkFailures;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.PutRecordResponse;

/**
 * Redrives records to the stream, one by one and in order, with their original partition keys. They get new sequence
 * numbers, so for the writer they are newer than anything stored under their ids since.
 */
public final class StreamRoute implements RedriveRoute {

    private final KinesisClient kinesis;
    private final String stream;

    public StreamRoute(AwsClients clients, String stream) {
        this.kinesis = requireNonNull(clients, "clients").kinesis();
        this.stream = requireNonNull(stream, "stream");
    }

    @Override
    public Result redrive(List<ShardRecord> records, RedrivePace pace) {
        List<String> failures = new ArrayList<>();
        List<Range> ranges = new ArrayList<>();
        for (ShardRecord record : records) {
            if (!pace.await(1)) {
                failures.add("stopped after %d of %d records".formatted(ranges.size(), records.size()));
                break;
            }
            try {
                PutRecordResponse put = kinesis.putRecord(request -> request.streamName(stream)
                        .partitionKey(record.origin().partitionKey())
                        .data(SdkBytes.fromByteArrayUnsafe(record.data())));
                ranges.add(new Range(stream, put.shardId(), put.sequenceNumber(), put.sequenceNumber()));
            } catch (SdkException refused) {
                failures.add(record.origin().sequenceNumber() + ": " + SdkFailures.cause(refused));
                break; // later ones of the same key must not overtake it
            }
        }
        return new Result(failures, ranges);
    }
}
