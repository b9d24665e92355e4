package dev.ingestkit.local.template.resource;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A template's resources after the SAM transform. Immutable.
 *
 * @param resources by logical id, in the template's order; a generated resource follows the one it comes from
 * @param references SAM's names of generated resources, {@code Function.Alias}, with their logical ids
 */
public record Declarations(Map<String, ResourceDeclaration> resources, Map<String, String> references) {

    public Declarations {
        resources = Collections.unmodifiableMap(new LinkedHashMap<>(resources));
        references = Map.copyOf(references);
    }
}
