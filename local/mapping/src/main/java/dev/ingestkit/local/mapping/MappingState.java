package dev.ingestkit.local.mapping;

/** A mapping's state, in the words of the Lambda API. */
public enum MappingState {
    CREATING("Creating"),
    ENABLING("Enabling"),
    ENABLED("Enabled"),
    UPDATING("Updating"),
    DISABLING("Disabling"),
    DISABLED("Disabled"),
    DELETING("Deleting");

    private final String label;

    MappingState(String label) {
        this.label = label;
    }

    /** Returns the word of the Lambda API. */
    public String label() {
        return label;
    }
}
