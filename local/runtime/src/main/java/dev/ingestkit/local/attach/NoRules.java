package dev.ingestkit.local.attach;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ingestkit.local.control.Firing;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/**
 * The schedules and rules of a runtime that is attached to another endpoint, where they run.
 *
 * @param endpoint the other endpoint
 */
public record NoRules(URI endpoint) implements Firing {

    public NoRules {
        requireNonNull(endpoint, "endpoint");
    }

    @Override
    public List<String> names() {
        return List.of();
    }

    @Override
    public ObjectNode fire(String name, Optional<ObjectNode> event) {
        throw new IllegalArgumentException(
                "the schedules and rules run at %s: fire %s there".formatted(endpoint, name));
    }
}
