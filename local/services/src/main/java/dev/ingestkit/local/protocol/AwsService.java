package dev.ingestkit.local.protocol;

import java.util.Set;
import java.util.concurrent.CompletionStage;

/** One AWS service behind the common port. Thread-safe; {@link #handle} must not block the calling I/O thread. */
public interface AwsService {

    /** The name in a credential scope and in an {@code arn}: {@code kinesis}, {@code sqs} … */
    String name();

    /** The actions that are built. Any other known to AWS is answered with an error that names it. */
    Set<String> actions();

    /**
     * False when the service takes the body as it came ({@link ServiceRequest#http}): {@link ServiceRequest#input} is
     * then empty, and nothing is parsed.
     */
    default boolean readsInput() {
        return true;
    }

    /** What stands before an error's name in {@code __type}: {@code com.amazonaws.sqs#} for some services. */
    default String errorPrefix() {
        return "";
    }

    /** How the service speaks the query protocol. */
    default QueryDialect queryDialect() {
        return QueryDialect.plain("https://%s.amazonaws.com/doc/".formatted(name()));
    }

    /**
     * Carries out one action.
     *
     * @return the answer; a failed stage with {@link ServiceException} is an AWS error, one with
     *     {@link dev.ingestkit.local.http.DroppedConnectionException} ends the connection, any other failure is a 500
     */
    CompletionStage<ServiceResponse> handle(ServiceRequest request);
}
