package dev.ingestkit.cli.aws;

import dev.ingestkit.cli.output.CliException;
import dev.ingestkit.cli.output.ExitCode;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * Translates the SDK's exceptions into errors for the user, with cause and remedy. Codes: {@code X_NOT_FOUND}, {@code
 * X_DENIED}, {@code X_THROTTLED}, {@code X_UNUSABLE}, and for failures of no single resource {@code
 * CREDENTIALS_EXPIRED}, {@code CREDENTIALS_REFUSED}, {@code NO_CREDENTIALS}, {@code UNREACHABLE}.
 */
public final class SdkFailures {

    private static final Set<String> EXPIRED =
            Set.of("ExpiredToken", "ExpiredTokenException", "RequestExpired", "TokenRefreshRequired");
    private static final Set<String> UNKNOWN_CREDENTIALS = Set.of(
            "InvalidClientTokenId",
            "UnrecognizedClientException",
            "InvalidSignatureException",
            "SignatureDoesNotMatch",
            "InvalidAccessKeyId",
            "MissingAuthenticationToken",
            "IncompleteSignature");
    private static final Set<String> ABSENT = Set.of(
            "QueueDoesNotExist",
            "AWS.SimpleQueueService.NonExistentQueue",
            "NonExistentQueue",
            "ResourceNotFoundException",
            "ResourceNotFound",
            "NoSuchBucket");
    private static final Set<String> DENIED = Set.of(
            "AccessDenied",
            "AccessDeniedException",
            "UnauthorizedOperation",
            "AuthorizationError",
            "KMSAccessDeniedException",
            "KmsAccessDenied");
    private static final Set<String> THROTTLED = Set.of(
            "Throttling",
            "ThrottlingException",
            "RequestThrottled",
            "ProvisionedThroughputExceededException",
            "TooManyRequestsException",
            "RequestLimitExceeded",
            "LimitExceededException",
            "OverLimit");

    private SdkFailures() {}

    /** Returns the error for the user; empty when the exception does not come from the SDK. */
    public static Optional<CliException> of(Throwable thrown) {
        if (thrown instanceof SdkException refused) {
            return Optional.of(of("SERVICE", "a service", refused));
        }
        if (thrown instanceof UncheckedIOException garbage && comesFromSdk(garbage)) {
            return Optional.of(new CliException("UNREACHABLE", ExitCode.ENVIRONMENT, "the endpoint does not speak HTTP")
                    .because(String.valueOf(garbage.getMessage()), garbage)
                    .hint("check the endpoint: ingest-cli doctor"));
        }
        return Optional.empty();
    }

    /** Recognizes the HTTP client's failure that the SDK passes on when the answer is not HTTP. */
    private static boolean comesFromSdk(Throwable thrown) {
        return Stream.of(thrown.getStackTrace())
                .anyMatch(frame -> frame.getClassName().startsWith("software.amazon.awssdk."));
    }

    /**
     * Returns the error for the user.
     *
     * @param code the beginning of the error's code: {@code QUEUE}, {@code TABLE} …
     * @param resource the resource that was used: {@code the table 'orders'}
     */
    public static CliException of(String code, String resource, SdkException refused) {
        String error = errorCode(refused);
        if (EXPIRED.contains(error)) {
            return failure("CREDENTIALS_EXPIRED", "your AWS credentials have expired", refused)
                    .hint("sign in again: aws sso login --profile NAME, or renew the session's keys");
        }
        if (UNKNOWN_CREDENTIALS.contains(error)) {
            return failure("CREDENTIALS_REFUSED", "AWS does not accept your credentials", refused)
                    .hint("check their owner: aws sts get-caller-identity, and ingest-cli config show --origin");
        }
        if (ABSENT.contains(error)) {
            return failure(code + "_NOT_FOUND", resource + " does not exist", refused)
                    .hint("check account, region and stack: --profile, --region, --stack");
        }
        if (DENIED.contains(error)) {
            return failure(code + "_DENIED", "access denied to " + resource, refused)
                    .hint("the cause names the permission that your credentials lack");
        }
        if (THROTTLED.contains(error)) {
            return failure(code + "_THROTTLED", resource + " is throttled", refused)
                    .hint("wait a moment, or lower the rate: --rate, where the command has it");
        }
        if (refused instanceof SdkClientException client) {
            return client(resource, client);
        }
        return failure(code + "_UNUSABLE", "cannot use " + resource, refused)
                .hint("check the target and your permissions: ingest-cli doctor");
    }

    private static CliException client(String resource, SdkClientException refused) {
        String text = String.valueOf(refused.getMessage());
        String lower = text.toLowerCase(Locale.ROOT);
        if (lower.contains("unable to load credentials") || lower.contains("profile file contained no credentials")) {
            return failure("NO_CREDENTIALS", "no AWS credentials found", refused)
                    .hint("sign in: aws configure sso, then --profile NAME");
        }
        return failure("UNREACHABLE", "cannot reach " + resource, refused)
                .hint("check that the target runs and that the endpoint is right: ingest-cli doctor");
    }

    private static CliException failure(String code, String message, SdkException refused) {
        return new CliException(code, ExitCode.ENVIRONMENT, message).because(cause(refused), refused);
    }

    private static String errorCode(SdkException refused) {
        return refused instanceof AwsServiceException service && service.awsErrorDetails() != null
                ? String.valueOf(service.awsErrorDetails().errorCode())
                : "";
    }

    /** Returns the service's own message: {@code Sqs QueueDoesNotExist: … (request 8d1c…)}. */
    public static String cause(SdkException refused) {
        AwsErrorDetails details = refused instanceof AwsServiceException service ? service.awsErrorDetails() : null;
        if (details == null || details.errorCode() == null) {
            return root(refused);
        }
        String request = ((AwsServiceException) refused).requestId();
        return "%s %s: %s%s"
                .formatted(
                        details.serviceName(),
                        details.errorCode(),
                        details.errorMessage(),
                        request == null ? "" : " (request " + request + ")");
    }

    /** Returns the innermost message, since the SDK wraps a refused connection several times. */
    private static String root(SdkException refused) {
        Throwable root = refused;
        while (root.getCause() != null && root.getCause() != root) {
            root = root.getCause();
        }
        String outer = String.valueOf(refused.getMessage());
        String inner = root.getClass().getSimpleName() + ": " + root.getMessage();
        return root == refused || root.getMessage() == null || outer.contains(root.getMessage())
                ? outer
                : outer + " (" + inner + ")";
    }
}
