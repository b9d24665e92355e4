package dev.ingestkit.local.table.item;

import org.jspecify.annotations.Nullable;

/**
 * The ten data types of an attribute value. The order is the one in which types are encoded; it has no meaning in
 * DynamoDB.
 */
public enum ValueType {
    /** String. */
    S,
    /** Number. */
    N,
    /** Binary. */
    B,
    /** Boolean. */
    BOOL,
    /** Null. */
    NULL,
    /** Map. */
    M,
    /** List. */
    L,
    /** String set. */
    SS,
    /** Number set. */
    NS,
    /** Binary set. */
    BS;

    private static final ValueType[] BY_TAG = values();

    /** Returns the type of this name on the wire, or null where DynamoDB has no such type. */
    public static @Nullable ValueType named(String name) {
        switch (name) {
            case "S":
                return S;
            case "N":
                return N;
            case "B":
                return B;
            case "BOOL":
                return BOOL;
            case "NULL":
                return NULL;
            case "M":
                return M;
            case "L":
                return L;
            case "SS":
                return SS;
            case "NS":
                return NS;
            case "BS":
                return BS;
            default:
                return null;
        }
    }

    static ValueType ofTag(int tag) {
        return BY_TAG[tag];
    }

    /** Reports whether the type is one of the three sets. */
    public boolean isSet() {
        return this == SS || this == NS || this == BS;
    }

    /** Reports whether values of the type have an order: strings, numbers and binaries. */
    public boolean isOrdered() {
        return this == S || this == N || this == B;
    }

    /** Returns the type of a set's elements. */
    public ValueType element() {
        switch (this) {
            case SS:
                return S;
            case NS:
                return N;
            case BS:
                return B;
            default:
                throw new IllegalStateException("not a set type: " + this);
        }
    }
}
