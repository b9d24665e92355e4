package dev.ingestkit.local.mapping;

/** Why records were given up, in the words of AWS's on-failure message. */
enum DiscardCondition {
    RETRY_ATTEMPTS_EXHAUSTED("RetryAttemptsExhausted"),
    RECORD_AGE_EXCEEDED("RecordAgeExceeded");

    private final String label;

    DiscardCondition(String label) {
        this.label = label;
    }

    String label() {
        return label;
    }
}
