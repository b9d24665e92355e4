package dev.ingestkit.local.template.model;

import java.util.Optional;
import java.util.Set;

/** CloudFormation's intrinsic functions by name. */
public final class FunctionNames {

    private static final Set<String> FUNCTIONS = Set.of(
            "GetAtt",
            "Sub",
            "Join",
            "If",
            "FindInMap",
            "Select",
            "Split",
            "Equals",
            "And",
            "Or",
            "Not",
            "Base64",
            "ImportValue",
            "Cidr",
            "GetAZs",
            "Transform",
            "ToJsonString",
            "Length");

    private FunctionNames() {}

    /** {@code GetAtt} to {@code Fn::GetAtt}; empty for a name that is no function. */
    public static Optional<String> ofShortForm(String name) {
        if (name.equals("Ref") || name.equals("Condition")) {
            return Optional.of(name);
        }
        return FUNCTIONS.contains(name) ? Optional.of("Fn::" + name) : Optional.empty();
    }

    /**
     * True for the only key of a map that calls a function. {@code Condition} alone may also be plain data, and
     * {@code Fn::Transform} adds to the map that it stands in.
     */
    public static boolean isLongForm(String key) {
        return key.equals("Ref") || (key.startsWith("Fn::") && !key.equals("Fn::Transform"));
    }
}
