package dev.ingestkit.local.control;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** Gives the runtime's state when asked. Thread-safe; must answer at once. */
@FunctionalInterface
public interface StatusSource {

    /** A fresh object; the caller may add to it. */
    ObjectNode status();
}
