package dev.ingestkit.local.template.intrinsic;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ingestkit.local.events.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The files beside a template that the AWS CDK synthesized, by the object key that the template uses for them, as the
 * manifests {@code *.assets.json} of the CDK have it. Immutable.
 */
public final class Assets {

    private final Map<String, Path> files;

    private Assets(Map<String, Path> files) {
        this.files = Collections.unmodifiableMap(files);
    }

    /** Reads the manifests in a directory; empty without a directory. */
    static Assets in(Path directory) {
        Map<String, Path> files = new LinkedHashMap<>();
        for (Path manifest : manifests(directory)) {
            try {
                read(directory, Json.mapper().readTree(manifest.toFile()), files);
            } catch (IOException unreadable) {
                throw new UncheckedIOException("the asset manifest %s cannot be read".formatted(manifest), unreadable);
            }
        }
        return new Assets(files);
    }

    private static List<Path> manifests(Path directory) {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> all = Files.list(directory)) {
            return all.filter(file -> file.toString().endsWith(".assets.json"))
                    .sorted()
                    .toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException("cannot read " + directory, unreadable);
        }
    }

    private static void read(Path directory, JsonNode manifest, Map<String, Path> files) {
        for (JsonNode asset : manifest.path("files")) {
            Path file = directory
                    .resolve(asset.path("source").path("path").asText())
                    .normalize();
            for (JsonNode destination : asset.path("destinations")) {
                files.put(destination.path("objectKey").asText(), file);
            }
        }
    }

    /**
     * Returns the file of an object.
     *
     * @param location the object's key, or a URL that ends in it
     */
    public Optional<Path> file(String location) {
        return Optional.ofNullable(files.get(location.substring(location.lastIndexOf('/') + 1)))
                .or(() -> Optional.ofNullable(files.get(location)));
    }
}
