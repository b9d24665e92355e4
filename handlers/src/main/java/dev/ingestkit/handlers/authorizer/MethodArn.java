package dev.ingestkit.handlers.authorizer;

import static java.util.Objects.requireNonNull;

/**
 * The ARN of the method that a client calls: {@code arn:aws:execute-api:REGION:ACCOUNT:API/STAGE/METHOD/PATH}.
 *
 * @param stageArn up to and including the stage
 */
record MethodArn(String stageArn) {

    private static final int COLONS_BEFORE_API = 5;

    MethodArn {
        requireNonNull(stageArn, "stageArn");
    }

    /**
     * Reads a method ARN.
     *
     * @throws IllegalArgumentException when the text is not a method ARN
     */
    static MethodArn parse(String arn) {
        int api = 0;
        for (int colons = 0; colons < COLONS_BEFORE_API; colons++) {
            int colon = arn.indexOf(':', api);
            if (colon < 0) {
                throw invalid(arn);
            }
            api = colon + 1;
        }
        int stage = arn.indexOf('/', api) + 1;
        int stageEnd = arn.indexOf('/', stage);
        if (!arn.startsWith("arn:") || !arn.contains(":execute-api:") || stage == 0 || stageEnd <= stage) {
            throw invalid(arn);
        }
        return new MethodArn(arn.substring(0, stageEnd));
    }

    /**
     * Returns the resources that an authenticated client may call. API Gateway caches the policy by credentials and
     * uses it for the client's next calls, which have other event ids: a policy for the one method ARN would answer
     * those with 403.
     */
    String submissions() {
        return stageArn + "/POST/submit/*";
    }

    private static IllegalArgumentException invalid(String arn) {
        return new IllegalArgumentException("methodArn must be arn:PARTITION:execute-api:REGION:ACCOUNT:API/STAGE/"
                + "METHOD/PATH, found '" + arn + "'");
    }
}
