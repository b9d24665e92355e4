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
 * What the SDK throws, in the user's terms: who refused, why, and what to do about it. Codes: {@code X_NOT_FOUND},
 * {@code X_DENIED}, {@code X_THROTTLED}, {@code X_UNUSABLE}, and for what concerns no single resource
 * {@code CREDENTIALS_EXPIRED}, {@code CREDENTIALS_REFUSED}, {@code NO_CREDENTIALS}, {@code UNREACHABLE}.
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

    /** The failure for the user; empty when it did not come from the SDK. */
    public static Optional<CliException> of(Throwable thrown) {
        if (thrown instanceof SdkException refused) {
            return Optional.of(of("SERVICE", "a service", refused));
        }
        if (thrown instanceof UncheckedIOException garbage && comesFromSdk(garbage)) {
            return Optional.of(
                    new CliException("UNREACHABLE", ExitCode.ENVIRONMENT, "what answers at the endpoint speaks no HTTP")
                            .because(String.valueOf(garbage.getMessage()), garbage)
                            .hint("is the endpoint right? ingest-cli doctor"));
        }
        return Optional.empty();
    }

    /** The SDK lets its HTTP client's failure through when what comes back is no HTTP. */
    private static boolean comesFromSdk(Throwable thrown) {
        return Stream.of(thrown.getStackTrace())
                .anyMatch(frame -> frame.getClassName().startsWith("software.amazon.awssdk."));
    }

    /**
     * The failure for the user.
     *
     * @param code the beginning of the failure's code: {@code QUEUE}, {@code TABLE} …
     * @param resource what was to be used: {@code the table orders}
     */
    public static CliException of(String code, String resource, SdkException refused) {
        String error = errorCode(refused);
        if (EXPIRED.contains(error)) {
            return failure("CREDENTIALS_EXPIRED", "your AWS credentials have expired", refused)
                    .hint("sign in again: aws sso login --profile NAME, or renew the session's keys");
        }
        if (UNKNOWN_CREDENTIALS.contains(error)) {
            return failure("CREDENTIALS_REFUSED", "AWS does not accept your credentials", refused)
                    .hint("whose are they? aws sts get-caller-identity, and ingest-cli config show --origin");
        }
        if (ABSENT.contains(error)) {
            return failure(code + "_NOT_FOUND", resource + " does not exist", refused)
                    .hint("right account, region and stack? name them: --profile, --region, --stack");
        }
        if (DENIED.contains(error)) {
            return failure(code + "_DENIED", "you may not use " + resource, refused)
                    .hint("the cause names the action that your credentials lack");
        }
        if (THROTTLED.contains(error)) {
            return failure(code + "_THROTTLED", resource + " is used too fast", refused)
                    .hint("wait a little, or go slower: --rate where the command has it");
        }
        if (refused instanceof SdkClientException client) {
            return client(resource, client);
        }
        return failure(code + "_UNUSABLE", "cannot use " + resource, refused)
                .hint("is the target up, and may your credentials do this? ingest-cli doctor");
    }

    private static CliException client(String resource, SdkClientException refused) {
        String text = String.valueOf(refused.getMessage());
        String lower = text.toLowerCase(Locale.ROOT);
        if (lower.contains("unable to load credentials") || lower.contains("profile file contained no credentials")) {
            return failure("NO_CREDENTIALS", "there are no AWS credentials", refused)
                    .hint("sign in: aws configure sso, then --profile NAME");
        }
        return failure("UNREACHABLE", resource + " cannot be reached: nothing usable answers", refused)
                .hint("is it running, and is the endpoint right? ingest-cli doctor");
    }

    private static CliException failure(String code, String message, SdkException refused) {
        return new CliException(code, ExitCode.ENVIRONMENT, message).because(cause(refused), refused);
    }

    private static String errorCode(SdkException refused) {
        return refused instanceof AwsServiceException service && service.awsErrorDetails() != null
                ? String.valueOf(service.awsErrorDetails().errorCode())
                : "";
    }

    /** Which service said what: {@code Sqs QueueDoesNotExist: … (request 8d1c…)}. */
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

    /** The SDK wraps a refused connection several times; the innermost tells most. */
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
