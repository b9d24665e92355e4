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

/** Gives payloads their ids: the body's {@code eventId}, as the writer does, else the template's, else a fresh one. */
public final class EventNaming {

    private final Chance chance;
    private final Template ids;
    private final boolean fillPayload;

    /**
     * @param template of ids; null for fresh ones
     * @param fillPayload whether placeholders in payloads are filled in too
     */
    public EventNaming(Chance chance, @Nullable String template, boolean fillPayload) {
        this.chance = requireNonNull(chance, "chance");
        this.ids = Template.parse(template == null ? "{uuid}" : template);
        this.fillPayload = fillPayload;
    }

    /** The event of that number. */
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

    /** The body's own id: of several fields of that name the last, as the writer has it. */
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
            // The API will say so; the event still needs a name to be reported by.
            return Optional.empty();
        }
    }
}
