package dev.ingestkit.cli.deadletter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ingestkit.cli.FakeAws;
import dev.ingestkit.cli.FakeAws.Answer;
import dev.ingestkit.cli.aws.AwsClients;
import dev.ingestkit.cli.output.CliException;
import dev.ingestkit.core.deadletter.DeadLetter.RecordRange;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Ranges of a table's stream whose pages a server of the test answers. */
final class TableRangeReaderTest {

    private static final RecordRange RANGE = new RecordRange(
            "arn:aws:dynamodb:us-east-1:000000000000:table/books/stream/2026-11-29T15:00:00.000",
            "shardId-1",
            "100",
            "300",
            Instant.EPOCH,
            Instant.EPOCH,
            2);

    private final Deque<String> pages = new ArrayDeque<>();
    private FakeAws aws;
    private AwsClients clients;

    @BeforeEach
    void start() throws IOException {
        aws = new FakeAws()
                .on("GetShardIterator", body -> Answer.ok("{\"ShardIterator\":\"it\"}"))
                .on("GetRecords", body -> Answer.ok(pages.isEmpty() ? page("", true) : pages.remove()));
        clients = aws.clients();
    }

    @AfterEach
    void end() {
        clients.close();
        aws.close();
    }

    private static String page(String sequenceNumber, boolean isOpen) {
        String record = sequenceNumber.isEmpty()
                ? ""
                : ("{\"eventID\":\"e\",\"eventName\":\"INSERT\",\"eventVersion\":\"1.1\",\"eventSource\":\"aws:dynamodb\","
                                + "\"awsRegion\":\"us-east-1\",\"dynamodb\":{\"ApproximateCreationDateTime\":1,"
                                + "\"Keys\":{\"id\":{\"S\":\"a\"}},\"SequenceNumber\":\"%s\",\"SizeBytes\":1,"
                                + "\"StreamViewType\":\"KEYS_ONLY\"}}")
                        .formatted(sequenceNumber);
        return "{\"Records\":[%s]%s}".formatted(record, isOpen ? ",\"NextShardIterator\":\"it\"" : "");
    }

    private List<ShardRecord> read() {
        return new TableRangeReader(clients).records(RANGE);
    }

    @Test
    void emptyPagesBetweenTheRecordsOfARangeAreSkipped() {
        pages.addAll(List.of(page("100", true), page("", true), page("", true), page("300", true)));
        assertThat(read())
                .extracting(record -> record.origin().sequenceNumber())
                .containsExactly("100", "300");
    }

    @Test
    void aRangeWhoseEndIsNotReachedIsNotTakenForTheWhole() {
        pages.add(page("100", true));
        assertThatThrownBy(this::read)
                .isInstanceOf(CliException.class)
                .hasMessageContaining("returned 5 empty pages before record 300");
    }
}
