package dev.ingestkit.cli.aws;

import static java.util.Objects.requireNonNull;

import dev.ingestkit.cli.output.CliException;
import dev.ingestkit.cli.output.ExitCode;
import java.util.concurrent.TimeUnit;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.GetRecordsRequest;
import software.amazon.awssdk.services.kinesis.model.GetRecordsResponse;
import software.amazon.awssdk.services.kinesis.model.ProvisionedThroughputExceededException;

/**
 * Reads a shard beside those that read it anyway. Kinesis allows five reads a second and shard, to all readers together,
 * so a read that is refused for that is tried again, for ten seconds. Thread-safe.
 */
public final class SharedShard {

    private static final long PAUSE_MILLIS = 250;
    private static final int MOST_TRIES = 40;

    private final KinesisClient kinesis;

    public SharedShard(KinesisClient kinesis) {
        this.kinesis = requireNonNull(kinesis, "kinesis");
    }

    /**
     * One page of records.
     *
     * @throws ProvisionedThroughputExceededException others have used up the shard's reads all the time
     * @throws CliException the thread was interrupted between two tries
     */
    public GetRecordsResponse page(GetRecordsRequest request) {
        for (int tries = 1; ; tries++) {
            try {
                return kinesis.getRecords(request);
            } catch (ProvisionedThroughputExceededException busy) {
                if (tries == MOST_TRIES) {
                    throw busy;
                }
                rest();
            }
        }
    }

    private static void rest() {
        try {
            TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new CliException("INTERRUPTED", ExitCode.INTERRUPTED, "interrupted while reading the stream");
        }
    }
}
