package dev.ingestkit.handlers.writer;

import dev.ingestkit.core.item.Encoding;
import dev.ingestkit.core.item.Encoding.Encoded;
import java.util.List;

/**
 * The records of one event id in a batch, which are processed in their order.
 *
 * @param tasks at least one
 */
record Lane(List<Task> tasks) {

    /** A record with its encoding. */
    record Task(EventRecord record, Encoding encoding) {

        /** Returns the ordering key: records of one item must stay in order. A payload without an id has no item. */
        String lane() {
            return encoding instanceof Encoded event
                    ? "event " + event.id().value()
                    : "record " + record.origin().partitionKey();
        }
    }

    Task first() {
        return tasks.get(0);
    }

    boolean isSingle() {
        return tasks.size() == 1;
    }

    /** Returns whether the first event is one item, so that it can be stored by an insert. */
    boolean isInsertable() {
        return first().encoding() instanceof Encoded event && event.parts().size() == 1;
    }

    /** Returns the first event; only for a lane that {@link #isInsertable}. */
    Encoded firstEvent() {
        return (Encoded) first().encoding();
    }

    int firstBytes() {
        return first().record().payload().length;
    }
}
