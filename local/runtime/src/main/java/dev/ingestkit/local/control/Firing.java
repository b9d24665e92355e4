package dev.ingestkit.local.control;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;

/** The schedules and rules that a client may fire. Implementations are thread-safe. */
public interface Firing {

    /** Returns the names that {@link #fire} takes, one for each schedule and rule. */
    List<String> names();

    /**
     * Sends an event to the targets of a schedule or rule at once, regardless of its time, pattern and state.
     *
     * @param name its name, or its logical id in the template
     * @param event empty for the event of its schedule
     * @return {@code name}, {@code targets} and the {@code event} that was sent
     * @throws IllegalArgumentException for an unknown name, or if the rule has no schedule and no event is given
     */
    ObjectNode fire(String name, Optional<ObjectNode> event);
}
