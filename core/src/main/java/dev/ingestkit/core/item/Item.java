package dev.ingestkit.core.item;

import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * One item of the table: a part of a stored event. Immutable, as its values are.
 *
 * @param attributes the values by attribute name, not changed afterwards, see {@link AttributeValue}
 */
public record Item(Map<String, AttributeValue> attributes) {

    public Item {
        attributes = Collections.unmodifiableMap(attributes);
    }

    /** Returns the value of {@code name}, or null if the item has no such attribute. */
    public @Nullable AttributeValue get(String name) {
        return attributes.get(name);
    }

    /** Returns the text of {@code name}; empty if it is absent or not text. */
    public Optional<String> text(String name) {
        return attributes.get(name) instanceof AttributeValue.StringValue text
                ? Optional.of(text.value())
                : Optional.empty();
    }

    /** Returns the number of {@code name}; empty if it is absent or not an integer that a {@code long} holds. */
    public OptionalLong integer(String name) {
        if (attributes.get(name) instanceof AttributeValue.NumberValue number) {
            try {
                return OptionalLong.of(Long.parseLong(number.value()));
            } catch (NumberFormatException notAnInteger) {
                return OptionalLong.empty();
            }
        }
        return OptionalLong.empty();
    }

    /** Returns the map of {@code name} as an item; empty if it is absent or not a map. */
    public Optional<Item> map(String name) {
        return attributes.get(name) instanceof AttributeValue.MapValue map
                ? Optional.of(new Item(map.values()))
                : Optional.empty();
    }

    /** Returns the item's size by DynamoDB's rule, in bytes. */
    public int size() {
        return ItemSize.of(this);
    }
}
