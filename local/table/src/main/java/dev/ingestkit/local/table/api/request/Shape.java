package dev.ingestkit.local.table.api.request;

import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The form of one member of a request, with the constraints that DynamoDB states for it. Immutable.
 *
 * @see <a href="https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_Operations.html">API reference</a>
 */
public sealed interface Shape {
    /** Returns the kind, for switches that cover every case. */
    Kind kind();

    /** The kinds of shapes. */
    enum Kind {
        STRUCT,
        LISTING,
        MAPPING,
        ITEM,
        VALUE,
        TEXT,
        NUMERIC,
        FLAG
    }

    /** Returns the shape's name in the service's model. */
    String name();

    /** Bounds of a length or a number; null stands for no bound. */
    record Bounds(@Nullable Long min, @Nullable Long max) {}

    /** One member of a structure. */
    record Member(String name, String path, Shape shape, boolean required) {
        /** Creates a member; its path is its name as violations spell it, with a small first letter. */
        Member(String name, Shape shape, boolean required) {
            this(name, Character.toLowerCase(name.charAt(0)) + name.substring(1), shape, required);
        }
    }

    /** A structure; members are in the order in which DynamoDB checks them. */
    record Struct(String name, List<Member> members, Map<String, Integer> positions) implements Shape {
        @Override
        public Kind kind() {
            return Kind.STRUCT;
        }

        /** Returns the member's position, or -1 where the structure has no such member. */
        public int position(String member) {
            return positions.getOrDefault(member, -1);
        }
    }

    /** A list; {@code at} is the path at which too many elements are reported, null for the list's own. */
    record Listing(
            String name,
            Shape element,
            Bounds size,
            @Nullable String at) implements Shape {
        @Override
        public Kind kind() {
            return Kind.LISTING;
        }
    }

    /** A map of text to values of one shape. */
    record Mapping(String name, Shape value, Bounds size, Keys keys, Bounds valueSize) implements Shape {
        @Override
        public Kind kind() {
            return Kind.MAPPING;
        }
    }

    /** The constraints on a map's keys. */
    record Keys(Bounds length, @Nullable String pattern) {}

    /** A map of attribute values: an item, a key, or the values of an expression. */
    record Item(String name) implements Shape {
        @Override
        public Kind kind() {
            return Kind.ITEM;
        }
    }

    /** One attribute value. */
    record Value(String name) implements Shape {
        @Override
        public Kind kind() {
            return Kind.VALUE;
        }
    }

    /** Text. */
    record Text(
            String name,
            Bounds length,
            List<String> values,
            @Nullable Pattern pattern) implements Shape {
        @Override
        public Kind kind() {
            return Kind.TEXT;
        }
    }

    /** A number: an Integer, a Long or a Double. */
    record Numeric(String name, NumberType type, Bounds range) implements Shape {
        @Override
        public Kind kind() {
            return Kind.NUMERIC;
        }
    }

    /** A Boolean. */
    record Flag(String name) implements Shape {
        @Override
        public Kind kind() {
            return Kind.FLAG;
        }
    }

    /** Java's types of numbers, by whose names DynamoDB reports a wrong JSON type. */
    enum NumberType {
        /** 32 bits; larger numbers saturate. */
        INTEGER("Integer"),
        /** 64 bits; larger numbers saturate. */
        LONG("Long"),
        /** A floating point number. */
        DOUBLE("Double");

        private final String text;

        NumberType(String text) {
            this.text = text;
        }

        /** Returns the type's name in messages. */
        public String text() {
            return text;
        }
    }
}
