package dev.ingestkit.cli.send;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.ingestkit.core.item.ItemLayout;
import dev.ingestkit.core.json.StrictJson;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Names events: by the body's {@code eventId}, as the writer does, otherwise by the template or a new UUID. */
public final class EventNaming {

    private final Chance chance;
    private final Template ids;
    private final boolean fillPayload;

    /**
     * Creates a naming.
     *
     * @param template the template of ids; null for new UUIDs
     * @param fillPayload whether to fill in placeholders in payloads too
     */
    public EventNaming(Chance chance, @Nullable String template, boolean fillPayload) {
        this.chance = requireNonNull(chance, "chance");
        this.ids = Template.parse(template == null ? "{uuid}" : template);
        this.fillPayload = fillPayload;
    }

    /** Returns the event with its number and id. */
    public OutgoingEvent name(byte[] given, long number) {
        Optional<EventEnvelope.Content> envelope = EventEnvelope.open(given);
        if (envelope.isPresent()) {
            return new OutgoingEvent(number, envelope.get().id(), envelope.get().payload());
        }
        EventValues values = chance.event(number);
        String fresh = ids.fill(values);
        values.id(fresh);
        byte[] payload = fillPayload
                ? Template.parse(new String(given, StandardCharsets.UTF_8))
                        .fill(values)
                        .getBytes(StandardCharsets.UTF_8)
                : given;
        return new OutgoingEvent(number, bodyId(payload).orElse(fresh), payload);
    }

    /** Returns the body's own id: the last one of several fields of that name, as in the writer. */
    public static Optional<String> bodyId(byte[] payload) {
        try (JsonParser json = StrictJson.parser(payload)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                return Optional.empty();
            }
            Optional<String> id = Optional.empty();
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                boolean named = ItemLayout.EVENT_ID.equals(json.currentName());
                JsonToken value = json.nextToken();
                if (named) {
                    boolean usable = value == JsonToken.VALUE_STRING || value.isNumeric();
                    id = usable ? Optional.of(json.getText()).filter(text -> !text.isEmpty()) : Optional.empty();
                }
                json.skipChildren();
            }
            return id;
        } catch (IOException notJson) {
            // The API will reject the payload; the event still needs an id for the report.
            return Optional.empty();
        }
    }
}
