package dev.ingestkit.local.control;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ingestkit.local.events.Json;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The state of the template on disk, compared with the one that the runtime runs. Immutable.
 *
 * @param state the state of the file that was saved last
 * @param error why the file was rejected, with its position; empty unless it was
 * @param applied the parts of the last change that the runtime has applied, one line each
 * @param restart the parts of the last change that need a restart, one line each
 * @param changedAt when the last change was applied or rejected; empty until then
 */
public record TemplateState(
        State state, Optional<String> error, List<String> applied, List<String> restart, Optional<Instant> changedAt) {

    /** The state of a template that nobody has changed. */
    public static final TemplateState NONE =
            new TemplateState(State.CURRENT, Optional.empty(), List.of(), List.of(), Optional.empty());

    /** The states of the template that was saved last. */
    public enum State {
        /** The runtime runs it. */
        CURRENT,
        /** Valid, and the runtime runs it but for a part that needs a restart. */
        CHANGED,
        /** Being written or applied. */
        LOADING,
        /** Not valid, so nothing of it was applied; or a service refused a part, and the parts before it are applied. */
        REJECTED
    }

    public TemplateState {
        requireNonNull(state, "state");
        requireNonNull(error, "error");
        requireNonNull(changedAt, "changedAt");
        applied = List.copyOf(applied);
        restart = List.copyOf(restart);
    }

    /** Returns the form that the runtime's status has. */
    ObjectNode json() {
        ObjectNode json = Json.mapper().createObjectNode();
        json.put("state", state.name().toLowerCase(Locale.ROOT));
        error.ifPresent(reason -> json.put("error", reason));
        changedAt.ifPresent(time -> json.put("changedAt", time.toString()));
        applied.forEach(json.putArray("applied")::add);
        restart.forEach(json.putArray("restart")::add);
        return json;
    }

    /** Returns a copy in another state. */
    public TemplateState in(State other) {
        return new TemplateState(other, error, applied, restart, changedAt);
    }
}
