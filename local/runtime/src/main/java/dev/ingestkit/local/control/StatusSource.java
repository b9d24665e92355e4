package dev.ingestkit.local.control;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** Returns the runtime's state. Implementations are thread-safe and do not block. */
@FunctionalInterface
public interface StatusSource {

    /** Returns a new object, which the caller may change. */
    ObjectNode status();
}
