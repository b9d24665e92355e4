package dev.ingestkit.local.mapping;

/** The reasons why records are given up, named as in AWS's on-failure message. */
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
