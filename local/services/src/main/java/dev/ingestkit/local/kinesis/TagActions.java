package dev.ingestkit.local.kinesis;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ingestkit.local.protocol.AwsInput;
import dev.ingestkit.local.protocol.AwsOutput;
import dev.ingestkit.local.protocol.Constraints;
import dev.ingestkit.local.protocol.ServiceException;
import dev.ingestkit.local.protocol.ServiceRequest;
import dev.ingestkit.local.protocol.ServiceResponse;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** The actions on tags of streams and consumers. Thread-safe. */
final class TagActions {

    /** Letters, digits, spaces and some signs; a tab, a line break and the percent sign are rejected. */
    private static final Pattern ALLOWED = Pattern.compile("[\\p{L}\\p{M}\\p{N} _./=+@:-]*");

    private final StreamLocator locator;
    private final Resources resources;

    TagActions(StreamLocator locator, Resources resources) {
        this.locator = requireNonNull(locator, "locator");
        this.resources = requireNonNull(resources, "resources");
    }

    /** Returns a map member of strings; empty if it is missing. */
    static Map<String, String> map(AwsInput input, String member) {
        Map<String, String> values = new LinkedHashMap<>();
        input.object(member)
                .ifPresent(map -> map.node().properties().forEach(entry -> {
                    JsonNode value = entry.getValue();
                    if (!value.isTextual()) {
                        throw ServiceException.badRequest(
                                "SerializationException", "%s must be a map of strings.".formatted(member));
                    }
                    values.put(entry.getKey(), value.textValue());
                }));
        return values;
    }

    ServiceResponse addToStream(ServiceRequest request) {
        AwsInput input = AwsInput.of(request);
        Map<String, String> tags = checkedTags(input);
        KinesisStream stream = locator.locate(input);
        requireAllowed(tags);
        add(stream, tags);
        return ServiceResponse.empty();
    }

    private Map<String, String> checkedTags(AwsInput input) {
        Map<String, String> tags = map(input, "Tags");
        Constraints constraints = locator.constraints(input).required("Tags", input.has("Tags"));
        if (input.has("Tags")) {
            constraints.tags("Tags", tags, 200);
        }
        constraints.check();
        return tags;
    }

    /**
     * Requires that texts have only the characters of tags.
     *
     * @throws ServiceException InvalidArgumentException
     */
    static void requireAllowed(Collection<String> texts) {
        if (!texts.stream().allMatch(text -> ALLOWED.matcher(text).matches())) {
            throw KinesisErrors.invalidArgument("Some tags contain invalid characters. Valid characters: Unicode"
                    + " letters, digits, white space, _ . / = + - % @.");
        }
    }

    /**
     * Requires that no key has the prefix of AWS's own tags.
     *
     * @throws ServiceException InvalidArgumentException
     */
    static void requireOwn(Collection<String> keys) {
        keys.stream().filter(key -> key.startsWith("aws:")).findFirst().ifPresent(key -> {
            throw KinesisErrors.invalidArgument("Tag keys cannot begin with aws: (found %s).".formatted(key));
        });
    }

    /**
     * Requires that tags can be added.
     *
     * @throws ServiceException InvalidArgumentException for a character outside those of tags, or a key of AWS's own
     */
    static void requireAllowed(Map<String, String> tags) {
        requireAllowed(tags.keySet());
        requireAllowed(tags.values());
        requireOwn(tags.keySet());
    }

    private static void add(KinesisStream stream, Map<String, String> tags) {
        if (!stream.settings().addTags(tags)) {
            throw KinesisErrors.invalidArgument(
                    "Failed to add tags to stream %s: a stream cannot have more than 50 tags."
                            .formatted(stream.name()));
        }
    }

    ServiceResponse removeFromStream(ServiceRequest request) {
        AwsInput input = AwsInput.of(request);
        List<String> keys = checkedKeys(input);
        KinesisStream stream = locator.locate(input);
        requireAllowed(keys);
        requireOwn(keys);
        stream.settings().removeTags(keys);
        return ServiceResponse.empty();
    }

    private List<String> checkedKeys(AwsInput input) {
        List<String> keys = input.strings("TagKeys");
        Constraints constraints = locator.constraints(input).required("TagKeys", input.has("TagKeys"));
        if (input.has("TagKeys")) {
            constraints.size("TagKeys", keys, 1, 50);
            keys.forEach(key -> constraints.length("TagKeys.member", Optional.of(key), 1, 128));
        }
        constraints.check();
        return keys;
    }

    ServiceResponse listForStream(ServiceRequest request) {
        AwsInput input = AwsInput.of(request);
        locator.constraints(input)
                .range("Limit", input.integer("Limit"), 1, 50)
                .length("ExclusiveStartTagKey", input.string("ExclusiveStartTagKey"), 1, 128)
                .check();
        String after = input.string("ExclusiveStartTagKey").orElse("");
        long limit = input.integer("Limit").orElse(50L);
        List<Map.Entry<String, String>> rest = locator.locate(input).settings().tags().entrySet().stream()
                .filter(tag -> tag.getKey().compareTo(after) > 0)
                .toList();
        ObjectNode response = AwsOutput.object();
        response.set("Tags", nodes(rest.stream().limit(limit).toList()));
        response.put("HasMoreTags", rest.size() > limit);
        return ServiceResponse.of(response);
    }

    private static ArrayNode nodes(List<Map.Entry<String, String>> tags) {
        ArrayNode nodes = AwsOutput.object().arrayNode();
        tags.forEach(tag -> nodes.addObject().put("Key", tag.getKey()).put("Value", tag.getValue()));
        return nodes;
    }

    ServiceResponse tag(ServiceRequest request) {
        AwsInput input = AwsInput.of(request);
        Map<String, String> tags = checkedTags(input);
        Resources.Resource resource = resources.locate(input);
        requireAllowed(tags);
        resource.consumer()
                .ifPresentOrElse(
                        consumer -> resource.stream().consumers().addTags(consumer, tags),
                        () -> add(resource.stream(), tags));
        return ServiceResponse.empty();
    }

    ServiceResponse untag(ServiceRequest request) {
        AwsInput input = AwsInput.of(request);
        List<String> keys = checkedKeys(input);
        Resources.Resource resource = resources.locate(input);
        requireAllowed(keys);
        requireOwn(keys);
        resource.consumer()
                .ifPresentOrElse(
                        consumer -> resource.stream().consumers().removeTags(consumer, keys),
                        () -> resource.stream().settings().removeTags(keys));
        return ServiceResponse.empty();
    }

    ServiceResponse listForResource(ServiceRequest request) {
        Resources.Resource resource = resources.locate(AwsInput.of(request));
        Map<String, String> tags = resource.consumer()
                .map(consumer -> resource.stream().consumers().tags(consumer))
                .orElseGet(() -> resource.stream().settings().tags());
        ObjectNode response = AwsOutput.object();
        response.set("Tags", nodes(List.copyOf(tags.entrySet())));
        return ServiceResponse.of(response);
    }
}
