package dev.ingestkit.local.table.item;

import org.jspecify.annotations.Nullable;

/**
 * The ten data types of an attribute value. The order has no meaning in DynamoDB.
 */
public enum ValueType {
    /** String. */
    S(0),
    /** Number. */
    N(1),
    /** Binary. */
    B(2),
    /** Boolean. */
    BOOL(3),
    /** Null. */
    NULL(4),
    /** Map. */
    M(5),
    /** List. */
    L(6),
    /** String set. */
    SS(7),
    /** Number set. */
    NS(8),
    /** Binary set. */
    BS(9);

    private static final ValueType[] BY_TAG = values();

    private final byte tag;

    ValueType(int tag) {
        this.tag = (byte) tag;
    }

    /** Returns the byte that encoded values of the type start with. */
    byte tag() {
        return tag;
    }

    /** Returns the type of this name on the wire, or null if DynamoDB has no such type. */
    public static @Nullable ValueType named(String name) {
        return switch (name) {
            case "S" -> S;
            case "N" -> N;
            case "B" -> B;
            case "BOOL" -> BOOL;
            case "NULL" -> NULL;
            case "M" -> M;
            case "L" -> L;
            case "SS" -> SS;
            case "NS" -> NS;
            case "BS" -> BS;
            default -> null;
        };
    }

    static ValueType ofTag(int tag) {
        return BY_TAG[tag];
    }

    /** Returns whether the type is one of the three sets. */
    public boolean isSet() {
        return this == SS || this == NS || this == BS;
    }

    /** Returns whether values of the type have an order: strings, numbers and binaries. */
    public boolean isOrdered() {
        return this == S || this == N || this == B;
    }

    /** Returns the type of a set's elements. */
    public ValueType element() {
        return switch (this) {
            case SS -> S;
            case NS -> N;
            case BS -> B;
            default -> throw new IllegalStateException("not a set type: " + this);
        };
    }
}
