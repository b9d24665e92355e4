package dev.ingestkit.local.mapping;

/** A mapping's state, named as in the Lambda API. */
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

    /** Returns the state's name in the Lambda API. */
    public String label() {
        return label;
    }
}
