package dev.ingestkit.cli.aws;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/** The names by which the user chooses among several resources of a kind, each with its origin. Immutable. */
public final class ResourceNames {

    private static final ResourceNames NONE = new ResourceNames(Map.of());

    private final Map<ResourceKind, Choice> choices;

    private ResourceNames(Map<ResourceKind, Choice> choices) {
        this.choices = Map.copyOf(choices);
    }

    /**
     * One chosen name.
     *
     * @param name a logical id or a name at the target
     * @param origin the option, variable or file that says so
     */
    record Choice(String name, String origin) {}

    /** Returns no choice: commands use a stack's only resource of each kind. */
    public static ResourceNames none() {
        return NONE;
    }

    /** Returns a copy with a choice, unless the name is empty or the kind has been chosen before. */
    public ResourceNames or(ResourceKind kind, Optional<String> name, String origin) {
        Optional<String> given = name.filter(text -> !text.isBlank());
        if (given.isEmpty() || choices.containsKey(kind)) {
            return this;
        }
        Map<ResourceKind, Choice> more = new EnumMap<>(ResourceKind.class);
        more.putAll(choices);
        more.put(kind, new Choice(given.get(), origin));
        return new ResourceNames(more);
    }

    Optional<Choice> of(ResourceKind kind) {
        return Optional.ofNullable(choices.get(kind));
    }
}
