package dev.ingestkit.bench;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;

/**
 * Sends events and reads their items, one request at a time, over a bare connection to the API and another to the
 * table: a client library would share the two processors with the pipeline and add to each event's time. Not
 * thread-safe.
 */
final class EventClient implements Closeable {

    private final URI submit;
    private final String headers;
    private final AwsCalls calls;
    private final Table table;
    private final RawHttp api;
    private final RawHttp items;

    /**
     * @param submit the API's address without the event's id
     * @param authorization the value of the Authorization header
     */
    EventClient(URI submit, String authorization, AwsCalls calls, Table table) throws IOException {
        this.submit = submit;
        this.headers = "Authorization: %s\r\nContent-Type: application/json\r\n".formatted(authorization);
        this.calls = calls;
        this.table = table;
        this.api = new RawHttp(submit);
        this.items = new RawHttp(calls.endpoint());
    }

    /**
     * Sends an event, whose id needs no escaping in a path, and waits until the pipeline accepts it.
     *
     * @throws IllegalStateException when the pipeline rejects it
     */
    void submit(String eventId, byte[] body) {
        try {
            api.exchange(RawHttp.post(URI.create(submit + "/" + eventId), headers, body));
        } catch (IOException broken) {
            throw new UncheckedIOException("event " + eventId + " was not answered", broken);
        }
    }

    /** Returns whether the event's first part is in the table, by a strongly consistent read. */
    boolean isStored(String eventId) {
        ObjectNode request = table.firstPart(eventId);
        try {
            byte[] answer = items.exchange(calls.request("dynamodb", "GetItem", request));
            return AwsCalls.read(answer).has("Item");
        } catch (IOException broken) {
            throw new UncheckedIOException("the table did not answer", broken);
        }
    }

    @Override
    public void close() throws IOException {
        try (api) {
            items.close();
        }
    }
}
