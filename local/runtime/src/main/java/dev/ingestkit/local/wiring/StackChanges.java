package dev.ingestkit.local.wiring;

import java.util.List;

/**
 * The result of applying a changed template. Immutable.
 *
 * @param applied the changes that the running stack has, one line each
 * @param restart the changes that need a restart, one line each
 */
public record StackChanges(List<String> applied, List<String> restart) {

    public StackChanges {
        applied = List.copyOf(applied);
        restart = List.copyOf(restart);
    }

    public boolean isEmpty() {
        return applied.isEmpty() && restart.isEmpty();
    }
}
