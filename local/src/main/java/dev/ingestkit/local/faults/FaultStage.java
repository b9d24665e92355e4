package dev.ingestkit.local.faults;

/** Where a fault can strike. */
public enum FaultStage {
    GATEWAY,
    KINESIS_PUT,
    KINESIS_GET,
    FUNCTION_START,
    FUNCTION_INVOKE,
    DYNAMODB,
    SQS,
    SECRET;

    /** The spelling in a fault specification: {@code kinesis-put}. */
    public String label() {
        return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
    }
}
