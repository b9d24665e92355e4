package dev.ingestkit.local.console.event;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ingestkit.local.events.Json;
import dev.ingestkit.local.http.HttpHandler;
import dev.ingestkit.local.http.HttpRequest;
import dev.ingestkit.local.http.HttpResponse;
import dev.ingestkit.local.http.StreamingBody;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Serves events and rates. Thread-safe.
 *
 * <ul>
 * <li>{@code GET /_ingest/events?text=…&state=…&before=N&limit=M}: the events that match, newest first, with the number
 * of all that match
 * <li>{@code GET /_ingest/events/follow?…}: events that match and have changed, as server-sent events; {@code
 * Last-Event-ID}, or {@code after}, resumes
 * <li>{@code GET /_ingest/events/N}: one event with its entries in the journal and the output of its invocations
 * <li>{@code GET /_ingest/rates}: the counts of the last 15 minutes, in intervals of 5 seconds
 * </ul>
 */
public final class EventsApi implements HttpHandler {

    /** The path of the events, and the prefix of each one's. */
    public static final String EVENTS = "/_ingest/events";

    /** The path of the rates. */
    public static final String RATES = "/_ingest/rates";

    private static final String JSON = "application/json";
    private static final String FOLLOW = EVENTS + "/follow";
    private static final byte[] END = {'\n', '\n'};
    /** The events that make a tick a busy one. */
    private static final int MANY = 10;

    private final EventFeed feed;

    /** Creates the API of a feed, which the caller closes. */
    public EventsApi(EventFeed feed) {
        this.feed = requireNonNull(feed, "feed");
    }

    @Override
    public CompletionStage<HttpResponse> handle(HttpRequest request) {
        return feed.read(() -> answer(request));
    }

    private HttpResponse answer(HttpRequest request) {
        if (!request.method().equals("GET")) {
            return error(405, "events and rates are read by GET").withHeader("Allow", "GET");
        }
        try {
            return switch (request.rawPath()) {
                case RATES -> json(200, feed.rates());
                case EVENTS -> json(200, feed.search(EventQuery.parse(request.rawQuery())));
                case FOLLOW -> follow(request, EventQuery.parse(request.rawQuery()));
                default -> one(request.rawPath());
            };
        } catch (IllegalArgumentException invalid) {
            return error(400, String.valueOf(invalid.getMessage()));
        }
    }

    private HttpResponse one(String path) {
        String name = path.substring(Math.min(path.length(), EVENTS.length() + 1));
        if (!name.matches("[0-9]{1,18}")) {
            return error(404, "'%s' is not a resource of this API: an event is named by its number".formatted(path));
        }
        return feed.history(Long.parseLong(name))
                .map(history -> json(200, history))
                .orElseGet(() -> error(
                        404,
                        "event %s is not held: the runtime keeps the latest %,d and has restarted since, or the event is older"
                                .formatted(name, EventFeed.CAPACITY)));
    }

    private HttpResponse follow(HttpRequest request, EventQuery query) {
        String resumed = request.header("last-event-id").orElse("");
        long after = resumed.matches("[0-9]{1,18}")
                ? Long.parseLong(resumed)
                : query.after().orElseGet(feed::last);
        return new HttpResponse(
                200,
                Map.of("Content-Type", List.of("text/event-stream"), "Cache-Control", List.of("no-store")),
                new HttpResponse.Streamed(sink -> new Follower(sink, query, after).start()));
    }

    private static HttpResponse json(int status, ObjectNode body) {
        return json(status, body.toString().getBytes(StandardCharsets.UTF_8));
    }

    private static HttpResponse json(int status, byte[] body) {
        return HttpResponse.of(status, JSON, body).withHeader("Cache-Control", "no-store");
    }

    private static HttpResponse error(int status, String message) {
        return json(status, Json.mapper().createObjectNode().put("error", message));
    }

    /**
     * One client that follows events. It receives nothing until it has read the events sent before. While many events
     * change, it receives every second tick's: an event that is put and soon stored is then written once, not twice.
     */
    private final class Follower {
        private final StreamingBody.Sink sink;
        private final EventQuery query;
        private final AtomicReference<AutoCloseable> subscription = new AtomicReference<>(() -> {});
        private volatile boolean ready = true;
        private volatile boolean greeted;
        private boolean rests;
        private long sent;

        Follower(StreamingBody.Sink sink, EventQuery query, long sent) {
            this.sink = sink;
            this.query = query;
            this.sent = sent;
        }

        void start() {
            subscription.set(feed.listen(this::tick));
            sink.onClosed(this::close);
        }

        /** Runs on the feed's one thread. */
        private void tick() {
            long last = feed.last();
            if (!ready || (greeted && last == sent)) {
                return;
            }
            if (rests) {
                rests = false;
                return;
            }
            EventFeed.Changed changes = changes();
            rests = changes.events() > MANY;
            // A restarted runtime counts from 1 again: the client's number is from before the restart.
            sent = last;
            greeted = true;
            ready = false;
            if (sink.write(message(last, changes.json()))) {
                sink.whenReady(() -> ready = true);
            } else {
                close();
            }
        }

        private static byte[] message(long last, byte[] data) {
            byte[] head = ("id: " + last + "\ndata: ").getBytes(StandardCharsets.UTF_8);
            byte[] message = Arrays.copyOf(head, head.length + data.length + END.length);
            System.arraycopy(data, 0, message, head.length, data.length);
            System.arraycopy(END, 0, message, head.length + data.length, END.length);
            return message;
        }

        /** Reads the changes. A failure ends the stream, so that the client connects again instead of waiting. */
        private EventFeed.Changed changes() {
            try {
                return feed.changed(sent, query);
            } catch (RuntimeException failed) {
                close();
                sink.end();
                throw failed;
            }
        }

        private void close() {
            try {
                subscription.getAndSet(() -> {}).close();
            } catch (Exception impossible) {
                throw new IllegalStateException("unsubscribing cannot fail", impossible);
            }
        }
    }
}
