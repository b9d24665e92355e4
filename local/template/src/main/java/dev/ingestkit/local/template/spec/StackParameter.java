package dev.ingestkit.local.template.spec;

import static java.util.Objects.requireNonNull;

/**
 * A template parameter with its value.
 *
 * @param value the text; of a list, its elements with commas between
 * @param noEcho true for a value that must not be shown
 */
public record StackParameter(String name, String value, boolean noEcho) {

    private static final String HIDDEN = "****";

    public StackParameter {
        requireNonNull(name, "name");
        requireNonNull(value, "value");
    }

    /** What may be shown: the value, or CloudFormation's asterisks. */
    public String shown() {
        return noEcho ? HIDDEN : value;
    }

    @Override
    public String toString() {
        return name + "=" + shown();
    }
}
