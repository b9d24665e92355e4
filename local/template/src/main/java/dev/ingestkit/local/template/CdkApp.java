package dev.ingestkit.local.template;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ingestkit.local.events.Json;
import dev.ingestkit.local.template.model.Location;
import dev.ingestkit.local.template.model.TemplateException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The output directory of {@code cdk synth}: a manifest that lists the stacks of an application. One stack is run as it
 * is; several are run together, each under its own name.
 */
final class CdkApp {

    private static final String MANIFEST = "manifest.json";

    private final Path directory;

    CdkApp(Path directory) {
        this.directory = directory;
    }

    /** Returns whether a directory is the output of {@code cdk synth}. */
    static boolean is(Path directory) {
        return Files.isRegularFile(directory.resolve(MANIFEST));
    }

    /**
     * Reads the stacks of the application.
     *
     * @throws TemplateException when the manifest or a template cannot be read
     */
    Template read() {
        Map<String, Path> stacks = new LinkedHashMap<>();
        collect(directory, stacks);
        if (stacks.isEmpty()) {
            throw TemplateException.at(at(directory), "the application has no stack");
        }
        if (stacks.size() == 1) {
            return Template.read(stacks.values().iterator().next());
        }
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        ObjectNode resources = root.putObject("Resources");
        stacks.forEach((name, file) -> {
            ObjectNode stack = resources.putObject(name.replaceAll("[^A-Za-z0-9]", ""));
            stack.put("Type", NestedStacks.TYPE)
                    .putObject("Properties")
                    .put("TemplateURL", directory.relativize(file).toString())
                    .put(NestedStacks.NAME, name);
        });
        return Template.of(directory.resolve(MANIFEST).toString(), root.toPrettyString(), directory);
    }

    /** Collects the templates by the stacks' names, those of nested applications (stages) included. */
    private void collect(Path folder, Map<String, Path> stacks) {
        for (Map.Entry<String, JsonNode> artifact :
                manifest(folder).path("artifacts").properties()) {
            JsonNode properties = artifact.getValue().path("properties");
            switch (artifact.getValue().path("type").asText()) {
                case "aws:cloudformation:stack" ->
                    stacks.put(
                            properties.path("stackName").asText(artifact.getKey()),
                            folder.resolve(properties.path("templateFile").asText()));
                case "cdk:cloud-assembly" ->
                    collect(folder.resolve(properties.path("directoryName").asText()), stacks);
                default -> {
                    // Assets and the construct tree are found beside the templates that use them.
                }
            }
        }
    }

    private static JsonNode manifest(Path folder) {
        try {
            return Json.mapper().readTree(folder.resolve(MANIFEST).toFile());
        } catch (IOException unreadable) {
            throw TemplateException.at(at(folder), "the manifest cannot be read: %s", unreadable.toString());
        }
    }

    private static Location at(Path folder) {
        return new Location(folder.resolve(MANIFEST).toString(), 1, 1, "");
    }
}
