package dev.ingestkit.local.template.spec;

import static java.util.Objects.requireNonNull;

/**
 * A template parameter with its value.
 *
 * @param value the text; for a list, its elements separated by commas
 * @param noEcho true for a value that must not be displayed
 */
public record StackParameter(String name, String value, boolean noEcho) {

    private static final String HIDDEN = "****";

    public StackParameter {
        requireNonNull(name, "name");
        requireNonNull(value, "value");
    }

    /** Returns the value, or CloudFormation's asterisks if it must not be displayed. */
    public String shown() {
        return noEcho ? HIDDEN : value;
    }

    @Override
    public String toString() {
        return name + "=" + shown();
    }
}
