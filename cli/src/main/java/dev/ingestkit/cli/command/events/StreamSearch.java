package dev.ingestkit.cli.command.events;

import static java.util.Objects.requireNonNull;

import dev.ingestkit.cli.aws.AwsClients;
import dev.ingestkit.cli.aws.Target;
import dev.ingestkit.cli.status.StreamTail;
import dev.ingestkit.local.journal.JournalEntry;
import dev.ingestkit.local.journal.JournalEvent;
import java.util.List;
import java.util.Optional;

/**
 * Finds an event's records in the stream of a target that keeps no journal. It reads the whole stream, so it is not for AWS:
 * there it would take the throughput of the stream's other readers.
 */
final class StreamSearch {

    private final AwsClients clients;
    private final String id;

    /** @param id a partition key or a sequence number */
    StreamSearch(AwsClients clients, String id) {
        this.clients = requireNonNull(clients, "clients");
        this.id = requireNonNull(id, "id");
    }

    /** Returns whether a target's stream may be read to find one event. */
    static boolean suits(Target target) {
        return switch (target.kind()) {
            case LOCALSTACK, OTHER -> true;
            case EMBEDDED, AWS -> false;
        };
    }

    /** Returns the event's records in the form of a journal, oldest first. */
    List<JournalEntry> entries(String stream) {
        return new StreamTail(clients, stream, Optional.empty())
                .next().stream()
                        .filter(entry -> isWanted((JournalEvent.Put) entry.event()))
                        .toList();
    }

    private boolean isWanted(JournalEvent.Put put) {
        return put.partitionKey().equals(id) || put.sequenceNumber().equals(id);
    }
}
