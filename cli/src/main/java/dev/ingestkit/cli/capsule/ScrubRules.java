package dev.ingestkit.cli.capsule;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.ingestkit.cli.output.CliException;
import dev.ingestkit.cli.output.ExitCode;
import dev.ingestkit.local.capsule.Capsule;
import dev.ingestkit.local.capsule.CapsuleContents;
import dev.ingestkit.local.events.Json;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * Rules that replace personal data in the records of a capsule, read from a file: {@code {"rules":[{"path":"a.*.b"},
 * {"pattern":"[0-9]{16}","with":"0"}]}}. A path names members of a JSON payload: {@code *} stands for each member or
 * element, {@code **} for any depth. A pattern is a regular expression and applies to payloads, partition keys and the
 * failure's text. Rules apply in the file's order. Immutable.
 */
public final class ScrubRules {

    private static final String DEFAULT_REPLACEMENT = "scrubbed";
    private static final String BODY = "body";
    private static final ObjectMapper MAPPER = Json.exactMapper();

    private final List<Rule> rules;

    private ScrubRules(List<Rule> rules) {
        this.rules = List.copyOf(rules);
    }

    /** A rule with either a path or a pattern. */
    private record Rule(List<String> path, Optional<Pattern> pattern, JsonNode with) {

        boolean isPattern() {
            return pattern.isPresent();
        }

        String replaceIn(String text) {
            return pattern.map(found -> found.matcher(text).replaceAll(Matcher.quoteReplacement(with.asText())))
                    .orElse(text);
        }
    }

    /**
     * A capsule after scrubbing.
     *
     * @param unread the number of records whose payload a rule cannot read: paths need JSON, patterns need UTF-8
     */
    public record Scrubbed(Capsule capsule, int unread) {}

    /** Returns rules that change nothing. */
    public static ScrubRules none() {
        return new ScrubRules(List.of());
    }

    /**
     * Reads the rules of a file.
     *
     * @throws CliException with {@code USAGE} if the file has no valid rules, with the reason
     */
    public static ScrubRules read(Path file) {
        JsonNode root;
        try {
            root = MAPPER.readTree(Files.readAllBytes(file));
        } catch (JsonProcessingException notJson) {
            throw invalid(file, "not JSON: " + notJson.getOriginalMessage());
        } catch (IOException unreadable) {
            throw new CliException("FILE_UNREADABLE", ExitCode.ENVIRONMENT, "cannot read '%s'".formatted(file))
                    .because(unreadable.getClass().getSimpleName() + ": " + unreadable.getMessage(), unreadable);
        }
        if (root.path("rules").isEmpty() || !root.path("rules").isArray()) {
            throw invalid(file, "'rules' is not a list");
        }
        List<Rule> rules = new ArrayList<>();
        for (JsonNode rule : root.path("rules")) {
            rules.add(rule(file, rule));
        }
        return new ScrubRules(rules);
    }

    private static Rule rule(Path file, JsonNode rule) {
        JsonNode with = rule.has("with") ? rule.get("with") : TextNode.valueOf(DEFAULT_REPLACEMENT);
        String path = rule.path("path").asText();
        String pattern = rule.path("pattern").asText();
        if (path.isEmpty() == pattern.isEmpty()) {
            throw invalid(file, "the rule %s must have either 'path' or 'pattern'".formatted(rule));
        }
        if (!pattern.isEmpty()) {
            try {
                return new Rule(List.of(), Optional.of(Pattern.compile(pattern)), with);
            } catch (PatternSyntaxException wrong) {
                throw invalid(file, "'%s' is not a regular expression: %s".formatted(pattern, wrong.getDescription()));
            }
        }
        List<String> steps = List.of(path.split("\\.", -1));
        if (steps.contains("") || steps.get(steps.size() - 1).equals("**")) {
            throw invalid(file, "'%s' is not a path of names between dots, such as customer.email".formatted(path));
        }
        return new Rule(steps, Optional.empty(), with);
    }

    private static CliException invalid(Path file, String reason) {
        return new CliException("USAGE", ExitCode.USAGE, "cannot use the rules of '%s'".formatted(file))
                .because(reason, null)
                .hint("write rules as {\"rules\":[{\"path\":\"customer.email\"},{\"pattern\":\"[0-9]{16}\"}]}");
    }

    /** Returns the number of rules. */
    public int count() {
        return rules.size();
    }

    /** Applies the rules to a capsule's records and failure. */
    public Scrubbed scrub(Capsule capsule) {
        requireNonNull(capsule, "capsule");
        int[] unread = {0};
        CapsuleContents contents = switch (capsule.contents().kind()) {
            case RECORDS -> scrub((CapsuleContents.Batch) capsule.contents(), unread);
            case EVENT -> scrub((CapsuleContents.Event) capsule.contents(), unread);
        };
        return new Scrubbed(
                new Capsule(
                        capsule.name(),
                        capsule.savedAt(),
                        replaceIn(capsule.failure()),
                        capsule.source(),
                        contents,
                        replaceInTexts(capsule.circumstances())),
                unread[0]);
    }

    private CapsuleContents scrub(CapsuleContents.Batch batch, int[] unread) {
        List<CapsuleContents.Item> items = new ArrayList<>();
        for (CapsuleContents.Item item : batch.items()) {
            Optional<String> text = text(item.data());
            unread[0] += isReadable(text) ? 0 : 1;
            items.add(new CapsuleContents.Item(
                    item.sequenceNumber(),
                    replaceIn(item.partitionKey()),
                    item.arrivedAt(),
                    text.map(payload -> scrub(payload).getBytes(UTF_8)).orElse(item.data())));
        }
        return new CapsuleContents.Batch(batch.stream(), batch.shardId(), items);
    }

    /** A message's payload is its body; another event is a payload itself. */
    private CapsuleContents scrub(CapsuleContents.Event event, int[] unread) {
        JsonNode copy = event.received().deepCopy();
        boolean messages = false;
        for (JsonNode record : copy.path("Records")) {
            if (record instanceof ObjectNode message && message.path(BODY).isTextual()) {
                messages = true;
                String body = message.path(BODY).textValue();
                unread[0] += isReadable(Optional.of(body)) ? 0 : 1;
                message.put(BODY, scrub(body));
            }
        }
        for (Rule rule : messages ? List.<Rule>of() : rules) {
            if (!rule.isPattern()) {
                replace(copy, rule.path(), rule.with());
            }
        }
        return new CapsuleContents.Event(replaceInTexts(copy));
    }

    private String replaceIn(String text) {
        String replaced = text;
        for (Rule rule : rules) {
            replaced = rule.replaceIn(replaced);
        }
        return replaced;
    }

    /** Returns a tree in which the patterns are applied to each text; names stay. */
    private JsonNode replaceInTexts(JsonNode tree) {
        if (tree.isTextual()) {
            return TextNode.valueOf(replaceIn(tree.asText()));
        }
        JsonNode copy = tree.deepCopy();
        if (copy instanceof ObjectNode object) {
            names(object, "*").forEach(name -> object.set(name, replaceInTexts(object.path(name))));
        } else if (copy instanceof ArrayNode array) {
            for (int index = 0; index < array.size(); index++) {
                array.set(index, replaceInTexts(array.path(index)));
            }
        }
        return copy;
    }

    private static Optional<String> text(byte[] data) {
        try {
            return Optional.of(UTF_8.newDecoder().decode(ByteBuffer.wrap(data)).toString());
        } catch (CharacterCodingException binary) {
            return Optional.empty();
        }
    }

    private boolean isReadable(Optional<String> text) {
        return rules.isEmpty()
                || text.filter(payload -> rules.stream().allMatch(Rule::isPattern)
                                || json(payload).isPresent())
                        .isPresent();
    }

    private static Optional<JsonNode> json(String text) {
        try {
            return Optional.of(MAPPER.readTree(text));
        } catch (JsonProcessingException notJson) {
            return Optional.empty();
        }
    }

    private String scrub(String payload) {
        String text = payload;
        for (Rule rule : rules) {
            text = rule.isPattern() ? rule.replaceIn(text) : replaceMembers(text, rule);
        }
        return text;
    }

    /** Returns the text itself, in its own form, if the rule's path is not in it. */
    private static String replaceMembers(String text, Rule rule) {
        return json(text)
                .filter(root -> replace(root, rule.path(), rule.with()))
                .map(JsonNode::toString)
                .orElse(text);
    }

    private static boolean replace(JsonNode node, List<String> path, JsonNode with) {
        String step = path.get(0);
        List<String> rest = path.subList(1, path.size());
        boolean changed = step.equals("**") && replace(node, rest, with);
        List<String> below = step.equals("**") ? path : rest;
        if (node instanceof ObjectNode object) {
            for (String name : names(object, step)) {
                changed |= below.isEmpty() ? set(object, name, with) : replace(object.path(name), below, with);
            }
        } else if (node instanceof ArrayNode array) {
            for (int index = 0; index < array.size(); index++) {
                if (isAny(step) || step.equals(Integer.toString(index))) {
                    changed |= below.isEmpty() ? set(array, index, with) : replace(array.path(index), below, with);
                }
            }
        }
        return changed;
    }

    private static List<String> names(ObjectNode object, String step) {
        List<String> names = new ArrayList<>();
        object.fieldNames().forEachRemaining(name -> {
            if (isAny(step) || step.equals(name)) {
                names.add(name);
            }
        });
        return names;
    }

    private static boolean isAny(String step) {
        return step.equals("*") || step.equals("**");
    }

    private static boolean set(ObjectNode object, String name, JsonNode with) {
        object.set(name, with);
        return true;
    }

    private static boolean set(ArrayNode array, int index, JsonNode with) {
        array.set(index, with);
        return true;
    }
}
