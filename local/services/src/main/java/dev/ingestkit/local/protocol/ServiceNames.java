package dev.ingestkit.local.protocol;

import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Identifies the service that a request addresses. */
final class ServiceNames {

    /** Services by the prefix before the dot in X-Amz-Target. */
    private static final Map<String, String> TARGETS = Map.ofEntries(
            Map.entry("Kinesis_20131202", "kinesis"),
            Map.entry("DynamoDB_20120810", "dynamodb"),
            Map.entry("DynamoDBStreams_20120810", "dynamodbstreams"),
            Map.entry("AmazonSQS", "sqs"),
            Map.entry("secretsmanager", "secretsmanager"),
            Map.entry("AWSEvents", "events"),
            Map.entry("Logs_20140328", "logs"),
            Map.entry("AmazonSSM", "ssm"),
            Map.entry("AWSStepFunctions", "states"),
            Map.entry("TrentService", "kms"),
            Map.entry("Firehose_20150804", "firehose"),
            Map.entry("GraniteServiceVersion20100801", "monitoring"));

    /** Services by API version, the only hint in a query call without credentials. */
    private static final Map<String, String> VERSIONS = Map.of(
            "2012-11-05", "sqs",
            "2011-06-15", "sts",
            "2010-05-15", "cloudformation",
            "2010-03-31", "sns",
            "2010-05-08", "iam",
            "2010-08-01", "monitoring",
            "2016-11-15", "ec2");

    private static final Pattern SCOPE =
            Pattern.compile("Credential=[^/,\\s]{0,256}/\\d{8}/[^/,\\s]{0,64}/([a-z0-9-]{1,64})/");
    private static final Pattern PRESIGNED =
            Pattern.compile("[^/]{0,256}/\\d{8}/[^/]{0,64}/([a-z0-9-]{1,64})/aws4_request");

    private static final Pattern PRESIGNED_URL = Pattern.compile(
            "(?:^|&)X-Amz-Credential=[^/%&]{0,256}(?:/|%2F)\\d{8}(?:/|%2F)[^/%&]{0,64}(?:/|%2F)([a-z0-9-]{1,64})(?:/|%2F)",
            Pattern.CASE_INSENSITIVE);

    private ServiceNames() {}

    static Optional<String> ofTarget(String prefix) {
        return Optional.ofNullable(TARGETS.get(prefix));
    }

    static Optional<String> ofVersion(String version) {
        return Optional.ofNullable(VERSIONS.get(version));
    }

    /** Returns the service in the credential scope of a SigV4 Authorization header. The signature is not verified. */
    static Optional<String> ofAuthorization(String authorization) {
        if (!authorization.startsWith("AWS4-")) {
            return Optional.empty();
        }
        Matcher scope = SCOPE.matcher(authorization);
        return scope.find() ? Optional.of(scope.group(1)) : Optional.empty();
    }

    /** Returns the service in a presigned URL's X-Amz-Credential. */
    static Optional<String> ofPresigned(String credential) {
        Matcher scope = PRESIGNED.matcher(credential);
        return scope.matches() ? Optional.of(scope.group(1)) : Optional.empty();
    }

    /** Returns the service named by X-Amz-Credential in a URL's query. */
    static Optional<String> ofPresignedUrl(String rawQuery) {
        Matcher scope = PRESIGNED_URL.matcher(rawQuery);
        return scope.find() ? Optional.of(scope.group(1)) : Optional.empty();
    }
}
