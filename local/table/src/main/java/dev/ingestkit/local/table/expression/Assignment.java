package dev.ingestkit.local.table.expression;

import org.jspecify.annotations.Nullable;

/**
 * The change that a PartiQL statement makes at one path of an item.
 *
 * @param operand the value; null only if the path is removed
 */
public record Assignment(
        Kind kind, Node.Path path, @Nullable Node operand) {
    /** The ways to change a path. */
    public enum Kind {
        /** Store a value. */
        SET,
        /** Remove the value. */
        REMOVE,
        /** Add the elements of a set. */
        ADD,
        /** Delete the elements of a set. */
        DELETE
    }
}
