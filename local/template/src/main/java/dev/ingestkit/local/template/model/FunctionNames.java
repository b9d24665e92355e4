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
            "Length",
            "Contains",
            "EachMemberEquals",
            "EachMemberIn");

    private FunctionNames() {}

    /** Returns the long form of a short name, {@code Fn::GetAtt} for {@code GetAtt}; empty if it is not a function. */
    public static Optional<String> ofShortForm(String name) {
        if (name.equals("Ref") || name.equals("Condition")) {
            return Optional.of(name);
        }
        return FUNCTIONS.contains(name) ? Optional.of("Fn::" + name) : Optional.empty();
    }

    /**
     * Returns whether the only key of a map calls a function. {@code Condition} alone may also be plain data, and
     * {@code Fn::Transform} and {@code Fn::ForEach} add to the map that contains them.
     */
    public static boolean isLongForm(String key) {
        boolean addsEntries = key.equals("Fn::Transform") || key.startsWith("Fn::ForEach::");
        return key.equals("Ref") || (key.startsWith("Fn::") && !addsEntries);
    }
}
