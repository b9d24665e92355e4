package dev.ingestkit.local.console.event;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.List;
import java.util.Locale;

/**
 * The source of an event that did not enter by a stream, and all ids by which it is found. A hundred thousand of them may
 * be held, so the ids are one text. Immutable.
 */
final class MessageOrigin {

    private static final char SEPARATOR = '\n';

    /** The name of the queue, or the ARN of another source. */
    final String source;

    final boolean isQueue;
    final String messageId;
    /** The key among all events: the message's id; of another source, which may invoke several functions, with the function. */
    final String key;

    /** The ids in lower case, one a line; the same text as those unchanged if they have no capitals. */
    final String foldedIds;

    private final String ids;

    private MessageOrigin(String source, boolean isQueue, String messageId, String key, List<String> bodyIds) {
        this.source = requireNonNull(source, "source");
        this.isQueue = isQueue;
        this.messageId = requireNonNull(messageId, "messageId");
        this.key = key;
        this.ids = bodyIds.isEmpty() ? messageId : messageId + SEPARATOR + String.join("\n", bodyIds);
        this.foldedIds = ids.toLowerCase(Locale.ROOT);
    }

    /** Returns the origin of a queue's message, of which the body has ids. */
    static MessageOrigin queue(String name, String messageId, List<String> bodyIds) {
        return new MessageOrigin(name, true, messageId, messageId, bodyIds);
    }

    /** Returns the origin of an event of a topic, a rule or a schedule, for which a function was invoked. */
    static MessageOrigin other(String arn, String function, String id, List<String> bodyIds) {
        return new MessageOrigin(arn, false, id, key(function, id), bodyIds);
    }

    static String key(String function, String id) {
        return function + ' ' + id;
    }

    /** Returns the ids in the body. */
    List<String> bodyIds() {
        return ids.length() == messageId.length()
                ? List.of()
                : List.of(ids.substring(messageId.length() + 1).split("\n"));
    }

    /** Returns the id that names the event: the first one in its body, otherwise the message's own. */
    String name() {
        List<String> all = bodyIds();
        return all.isEmpty() ? messageId : all.get(0);
    }

    /** Writes the members of a summary that tell where the event came from. */
    void write(JsonGenerator json) throws IOException {
        json.writeStringField(isQueue ? "queue" : "source", source);
        json.writeStringField("messageId", messageId);
        json.writeArrayFieldStart("bodyIds");
        for (String id : bodyIds()) {
            json.writeString(id);
        }
        json.writeEndArray();
    }

    /** Returns whether the event came from a queue. */
    boolean isFrom(String queue) {
        return isQueue && source.equals(queue);
    }

    /** Returns whether one of the ids is this one. */
    boolean isNamed(String id) {
        if (id.isEmpty()) {
            return false;
        }
        for (int at = ids.indexOf(id); at >= 0; at = ids.indexOf(id, at + 1)) {
            int end = at + id.length();
            if ((at == 0 || ids.charAt(at - 1) == SEPARATOR) && (end == ids.length() || ids.charAt(end) == SEPARATOR)) {
                return true;
            }
        }
        return false;
    }
}
