package dev.ingestkit.local.attach;

import java.util.Arrays;
import java.util.Optional;

/** The services that hold a stack's data, with their names in AWS's JSON protocol. */
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

    /** Returns the service with a name in a credential scope or an integration's URI. */
    public static Optional<AwsApi> named(String signingName) {
        return Arrays.stream(values())
                .filter(api -> api.signingName.equals(signingName))
                .findFirst();
    }

    /** Returns the service that a value of X-Amz-Target names. */
    static Optional<AwsApi> ofTarget(String target) {
        return Arrays.stream(values())
                .filter(api -> target.startsWith(api.targetPrefix + "."))
                .findFirst();
    }

    /** Returns the service's name in a credential scope, {@code kinesis}. */
    public String signingName() {
        return signingName;
    }

    /** Returns the value of X-Amz-Target. */
    String target(String action) {
        return targetPrefix + "." + action;
    }

    String contentType() {
        return "application/x-amz-json-" + jsonVersion;
    }
}
