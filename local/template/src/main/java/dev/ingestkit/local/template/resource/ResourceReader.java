package dev.ingestkit.local.template.resource;

import dev.ingestkit.local.template.model.Location;
import dev.ingestkit.local.template.model.Problem;
import dev.ingestkit.local.template.model.Problems;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads resources of one type into typed values, and collects the problems of each. */
public record ResourceReader(List<Resource> resources, Problems problems, List<Problem> warnings) {

    /**
     * Reads the resources of a type.
     *
     * @param read returns null for a resource that is not run, after a warning
     */
    public <T> List<T> of(String type, Function<Resource, @Nullable T> read) {
        List<T> values = new ArrayList<>();
        for (Resource resource : ofType(type)) {
            problems.collect(() -> {
                T value = read.apply(resource);
                if (value != null) {
                    values.add(value);
                }
            });
        }
        return values;
    }

    public List<Resource> ofType(String type) {
        return resources.stream()
                .filter(resource -> resource.type().equals(type))
                .toList();
    }

    public void warn(Location at, String reason) {
        warnings.add(new Problem(at, reason));
    }
}
