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
 * Reads a shard beside its regular consumers. Kinesis allows five reads per second and shard for all readers together,
 * so a throttled read is retried for ten seconds. Thread-safe.
 */
public final class SharedShard {

    private static final long PAUSE_MILLIS = 250;
    private static final int MAX_ATTEMPTS = 40;

    private final KinesisClient kinesis;

    /** Creates a reader that uses the given client. */
    public SharedShard(KinesisClient kinesis) {
        this.kinesis = requireNonNull(kinesis, "kinesis");
    }

    /**
     * Reads one page of records.
     *
     * @throws ProvisionedThroughputExceededException if other readers used up the shard's reads the whole time
     * @throws CliException if the thread was interrupted between two attempts
     */
    public GetRecordsResponse page(GetRecordsRequest request) {
        for (int tries = 1; ; tries++) {
            try {
                return kinesis.getRecords(request);
            } catch (ProvisionedThroughputExceededException busy) {
                if (tries == MAX_ATTEMPTS) {
                    throw busy;
                }
                pause();
            }
        }
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new CliException("INTERRUPTED", ExitCode.INTERRUPTED, "interrupted while reading the stream");
        }
    }
}
