package dev.ingestkit.local.template.sam;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ingestkit.local.template.model.TemplateException;
import dev.ingestkit.local.template.model.TemplateNode;
import dev.ingestkit.local.template.resource.ResourceDeclaration;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * The types of the properties of SAM's resources and events. CloudFormation takes {@code "10"} for a number; SAM does
 * not, and refuses a value of another type before CloudFormation reads it. A property whose value is an intrinsic
 * function is CloudFormation's to check.
 */
final class SamPropertyTypes {

    private static final String FILE = "property-types.properties";
    private static final java.util.Properties TYPES = types();

    private SamPropertyTypes() {}

    /**
     * Checks a resource whose globals are merged.
     *
     * @throws TemplateException in SAM's words, if SAM would refuse a property
     */
    static void check(ResourceDeclaration resource) {
        String name = resource.type().substring(resource.type().lastIndexOf(':') + 1);
        check("resource." + name, resource.logicalId(), resource.properties());
    }

    /** @throws TemplateException in SAM's words, if SAM would refuse a property */
    static void check(SamEvent event) {
        check("event." + event.type(), event.logicalId(), event.properties().node());
    }

    private static void check(String owner, String logicalId, TemplateNode.Mapping properties) {
        properties.entries().forEach((name, value) -> {
            String type = TYPES.getProperty(owner + "." + name);
            if (type != null && !isUnchecked(value) && !fits(type, value)) {
                String reason = type.equals("string") || type.equals("map")
                        ? "Property '%s' should be a %s.".formatted(name, type)
                        : "Type of property '%s' is invalid.".formatted(name);
                throw TemplateException.at(value.at(), "Resource with id [%s] is invalid. %s", logicalId, reason);
            }
        });
    }

    /** Returns whether SAM leaves a value to CloudFormation: it takes each map of one entry for an intrinsic function. */
    private static boolean isUnchecked(TemplateNode value) {
        return switch (value.kind()) {
            case CALL -> true;
            case MAPPING -> ((TemplateNode.Mapping) value).entries().size() == 1;
            case SCALAR -> ((TemplateNode.Scalar) value).isNull();
            case SEQUENCE -> false;
        };
    }

    private static boolean fits(String type, TemplateNode value) {
        return alternatives(type).stream().anyMatch(alternative -> fitsOne(alternative, value));
    }

    private static boolean fitsOne(String type, TemplateNode value) {
        int open = type.indexOf('<');
        String kind = open < 0 ? type : type.substring(0, open);
        String item = open < 0 ? "" : type.substring(open + 1, type.length() - 1);
        return switch (value.kind()) {
            case SCALAR -> scalarFits(kind, ((TemplateNode.Scalar) value).value());
            case SEQUENCE -> kind.equals("list") && allFit(item, ((TemplateNode.Sequence) value).items());
            case MAPPING ->
                kind.equals("map")
                        && allFit(item, ((TemplateNode.Mapping) value).entries().values());
            // SAM sees an intrinsic function in a map or list as the map that it is in JSON.
            case CALL -> kind.equals("map");
        };
    }

    private static boolean allFit(String item, Collection<TemplateNode> values) {
        return item.isEmpty() || values.stream().allMatch(each -> fits(item, each));
    }

    private static boolean scalarFits(String kind, JsonNode value) {
        return switch (kind) {
            case "string" -> value.isTextual();
            case "boolean" -> value.isBoolean();
            // Python's booleans are integers.
            case "integer" -> value.isIntegralNumber() || value.isBoolean();
            default -> false;
        };
    }

    /** Splits {@code string|list<string|map>} at its outer bars. */
    private static List<String> alternatives(String type) {
        List<String> alternatives = new ArrayList<>();
        int depth = 0;
        int start = 0;
        for (int i = 0; i < type.length(); i++) {
            char next = type.charAt(i);
            depth += next == '<' ? 1 : next == '>' ? -1 : 0;
            if (next == '|' && depth == 0) {
                alternatives.add(type.substring(start, i));
                start = i + 1;
            }
        }
        alternatives.add(type.substring(start));
        return alternatives;
    }

    private static java.util.Properties types() {
        java.util.Properties types = new java.util.Properties();
        try (InputStream in = SamPropertyTypes.class.getResourceAsStream(FILE)) {
            if (in == null) {
                throw new IllegalStateException("the resource %s is missing".formatted(FILE));
            }
            types.load(in);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
        return types;
    }
}
