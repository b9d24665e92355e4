package dev.ingestkit.local.template.yaml;

import com.fasterxml.jackson.databind.node.TextNode;
import dev.ingestkit.local.template.model.FunctionNames;
import dev.ingestkit.local.template.model.Location;
import dev.ingestkit.local.template.model.Problem;
import dev.ingestkit.local.template.model.TemplateException;
import dev.ingestkit.local.template.model.TemplateNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/**
 * Turns YAML or JSON text into nodes with positions. Bounded against hostile input: size, depth, and the number of
 * nodes after aliases are expanded. Not thread-safe; one instance reads one text.
 */
public final class YamlSource {

    /** CloudFormation's quota for a template body in S3, in characters here. */
    public static final int MAX_CHARACTERS = 1024 * 1024;

    static final int MAX_DEPTH = 100;

    /** A megabyte of YAML holds fewer nodes, unless its aliases multiply. */
    static final int MAX_NODES = 200_000;

    private final String file;
    private final List<Problem> warnings = new ArrayList<>();
    private final Set<Node> open = Collections.newSetFromMap(new IdentityHashMap<>());
    private int nodes;

    private YamlSource(String file) {
        this.file = file;
    }

    /** The nodes of a text, with warnings about scalars that may not mean what they say. */
    public record Document(TemplateNode root, List<Problem> warnings) {}

    /**
     * Reads a text.
     *
     * @throws TemplateException for text that is not a single YAML document within the limits
     */
    public static Document read(String file, String text) {
        Location start = new Location(file, 1, 1, "");
        if (text.length() > MAX_CHARACTERS) {
            throw TemplateException.at(
                    start,
                    "the template has %d characters; CloudFormation accepts at most %d",
                    text.length(),
                    MAX_CHARACTERS);
        }
        YamlSource source = new YamlSource(file);
        Optional<Node> root = source.compose(text, start);
        if (root.isEmpty()) {
            throw TemplateException.at(start, "the template is empty");
        }
        return new Document(source.convert(root.get(), "", null), List.copyOf(source.warnings));
    }

    private Optional<Node> compose(String text, Location start) {
        LoadSettings settings = LoadSettings.builder()
                .setSchema(new UntypedSchema())
                .setLabel(file)
                .setCodePointLimit(MAX_CHARACTERS)
                .setMaxAliasesForCollections(MAX_NODES)
                .setAllowNonScalarKeys(true)
                .build();
        // JSON allows tabs between tokens where YAML does not; within JSON strings a raw tab is not allowed at all.
        String readable = text.stripLeading().startsWith("{") ? text.replace('\t', ' ') : text;
        try {
            return BareHyphens.compose(
                    readable,
                    source -> BoundedComposer.of(settings, source, MAX_DEPTH).getSingleNode());
        } catch (MarkedYamlEngineException malformed) {
            Location at =
                    malformed.getProblemMark().map(mark -> location(mark, "")).orElse(start);
            throw TemplateException.at(at, "%s", sentence(malformed));
        } catch (ReaderException unreadable) {
            throw TemplateException.at(
                    start,
                    "character %d (code point U+%04X) is not allowed in YAML",
                    unreadable.getPosition() + 1,
                    unreadable.getCodePoint());
        } catch (YamlEngineException malformed) {
            throw TemplateException.at(start, "not YAML: %s", malformed.toString());
        }
    }

    private static String sentence(MarkedYamlEngineException malformed) {
        String context = malformed.getContext();
        return context == null || context.isEmpty() ? malformed.getProblem() : context + ": " + malformed.getProblem();
    }

    /** @param key the position of the key whose value this is, which an editor should show for a map or a list */
    private TemplateNode convert(Node node, String path, @Nullable Location key) {
        Location own = node.getStartMark().map(mark -> location(mark, path)).orElse(new Location(file, 1, 1, path));
        if (++nodes > MAX_NODES) {
            throw TemplateException.at(own, "aliases expand to more than %d nodes", MAX_NODES);
        }
        if (!open.add(node)) {
            throw TemplateException.at(own, "an alias refers to a node that contains it");
        }
        if (open.size() > MAX_DEPTH) {
            throw TemplateException.at(own, "nested deeper than %d levels", MAX_DEPTH);
        }
        try {
            return tagged(node, own, key == null || node instanceof ScalarNode ? own : key);
        } finally {
            open.remove(node);
        }
    }

    private TemplateNode tagged(Node node, Location own, Location at) {
        String tag = node.getTag().getValue();
        if (tag.startsWith("!") && tag.length() > 1) {
            String function = FunctionNames.ofShortForm(tag.substring(1))
                    .orElseThrow(() -> TemplateException.at(own, "%s is not a CloudFormation function", tag));
            return new TemplateNode.Call(own, function, content(node, own.path(), own, false));
        }
        boolean isUntyped = UntypedSchema.isUntyped(node.getTag());
        if (!isUntyped && !UntypedSchema.isPlainData(node.getTag())) {
            throw TemplateException.at(own, "the YAML type %s is not supported by CloudFormation", tag);
        }
        return content(node, own.path(), at, isUntyped && node instanceof ScalarNode);
    }

    private TemplateNode content(Node node, String path, Location at, boolean untyped) {
        if (node instanceof ScalarNode scalar) {
            return scalar(scalar, at, untyped);
        }
        if (node instanceof SequenceNode sequence) {
            List<TemplateNode> items = new ArrayList<>();
            for (Node item : sequence.getValue()) {
                items.add(convert(item, "%s[%d]".formatted(path, items.size()), null));
            }
            return new TemplateNode.Sequence(at, items);
        }
        return longForm(new TemplateNode.Mapping(at, entries((MappingNode) node, path)));
    }

    private TemplateNode scalar(ScalarNode scalar, Location at, boolean untyped) {
        if (!untyped || !scalar.isPlain()) {
            return new TemplateNode.Scalar(at, TextNode.valueOf(BareHyphens.restored(scalar.getValue())));
        }
        if (PlainScalars.isTrap(scalar.getValue())) {
            warnings.add(new Problem(
                    at,
                    "%s without quotes is %s in YAML 1.1, which CloudFormation reads; quote it if text is meant"
                            .formatted(
                                    scalar.getValue(),
                                    PlainScalars.value(scalar.getValue()).asText())));
        }
        return new TemplateNode.Scalar(at, PlainScalars.value(BareHyphens.restored(scalar.getValue())));
    }

    private Map<String, TemplateNode> entries(MappingNode mapping, String path) {
        Map<String, TemplateNode> own = new LinkedHashMap<>();
        Map<String, TemplateNode> merged = new LinkedHashMap<>();
        for (NodeTuple tuple : mapping.getValue()) {
            Location at = tuple.getKeyNode()
                    .getStartMark()
                    .map(mark -> location(mark, path))
                    .orElseThrow();
            if (!(tuple.getKeyNode() instanceof ScalarNode keyNode)) {
                throw TemplateException.at(at, "a map's key must be a string");
            }
            String key = keyNode.getValue();
            if (key.equals("<<") && keyNode.isPlain()) {
                merge(convert(tuple.getValueNode(), path, at), merged);
            } else if (own.containsKey(key)) {
                throw TemplateException.at(at, "the key %s occurs twice in this map", key);
            } else {
                Location child = at.child(key);
                own.put(key, convert(tuple.getValueNode(), child.path(), child));
            }
        }
        merged.forEach(own::putIfAbsent);
        return own;
    }

    private static void merge(TemplateNode source, Map<String, TemplateNode> into) {
        switch (source.kind()) {
            case MAPPING -> ((TemplateNode.Mapping) source).entries().forEach(into::putIfAbsent);
            case SEQUENCE -> ((TemplateNode.Sequence) source).items().forEach(item -> merge(item, into));
            case SCALAR, CALL ->
                throw TemplateException.at(source.at(), "<< merges maps, found %s", source.description());
        }
    }

    private static TemplateNode longForm(TemplateNode.Mapping mapping) {
        if (mapping.entries().size() != 1) {
            return mapping;
        }
        Map.Entry<String, TemplateNode> only =
                mapping.entries().entrySet().iterator().next();
        return FunctionNames.isLongForm(only.getKey())
                ? new TemplateNode.Call(mapping.at(), only.getKey(), only.getValue())
                : mapping;
    }

    private Location location(Mark mark, String path) {
        return new Location(file, mark.getLine() + 1, mark.getColumn() + 1, path);
    }
}
