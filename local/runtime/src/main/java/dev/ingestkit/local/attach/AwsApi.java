package dev.ingestkit.local.attach;

import java.util.Arrays;
import java.util.Optional;

/** The services that hold a stack's data, as AWS's JSON protocol calls them. */
public enum AwsApi {
    KINESIS("kinesis", "Kinesis_20131202", "1.1"),
    DYNAMODB("dynamodb", "DynamoDB_20120810", "1.0"),
    SQS("sqs", "AmazonSQS", "1.0"),
    SECRETS_MANAGER("secretsmanager", "secretsmanager", "1.1");

    private final String signingName;
    private final String targetPrefix;
    private final String jsonVersion;

    AwsApi(String signingName, String targetPrefix, String jsonVersion) {
        this.signingName = signingName;
        this.targetPrefix = targetPrefix;
        this.jsonVersion = jsonVersion;
    }

    /** The service of that name in a credential scope or an integration's URI. */
    public static Optional<AwsApi> named(String signingName) {
        return Arrays.stream(values())
                .filter(api -> api.signingName.equals(signingName))
                .findFirst();
    }

    /** The service that a value of X-Amz-Target names. */
    static Optional<AwsApi> ofTarget(String target) {
        return Arrays.stream(values())
                .filter(api -> target.startsWith(api.targetPrefix + "."))
                .findFirst();
    }

    /** {@code kinesis}. */
    public String signingName() {
        return signingName;
    }

    /** The value of X-Amz-Target. */
    String target(String action) {
        return targetPrefix + "." + action;
    }

    String contentType() {
        return "application/x-amz-json-" + jsonVersion;
    }
}
