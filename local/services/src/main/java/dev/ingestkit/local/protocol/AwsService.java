package dev.ingestkit.local.protocol;

import java.util.Set;
import java.util.concurrent.CompletionStage;

/**
 * One AWS service behind the common port. Implementations are thread-safe, and {@link #handle} must not block the
 * calling I/O thread.
 */
public interface AwsService {

    /** Returns the name in credential scopes and ARNs: {@code kinesis}, {@code sqs} and so on. */
    String name();

    /**
     * Returns the supported actions, which never change: the port asks once. Any other action known to AWS gets an error
     * that names it.
     */
    Set<String> actions();

    /**
     * Returns whether the request body is parsed. If false, {@link ServiceRequest#input} is empty and the service reads
     * the body from {@link ServiceRequest#http}.
     */
    default boolean readsInput() {
        return true;
    }

    /**
     * Returns the names of members that are binary wherever they occur in an input. Only a service with large payloads
     * names them: their base64 is then decoded while the body is read.
     */
    default Set<String> blobs() {
        return Set.of();
    }

    /** Returns the actions without a result: their response has no body, in any protocol but the query protocol. */
    default Set<String> actionsWithoutResult() {
        return queryDialect().withoutResult();
    }

    /** Returns the text before an error's name in {@code __type}: {@code com.amazonaws.sqs#} for some services. */
    default String errorPrefix() {
        return "";
    }

    /** Returns the name of the member that holds an error's text in JSON and CBOR. */
    default String errorTextMember(ServiceException error) {
        return "message";
    }

    /** Returns the service's form of the query protocol. */
    default QueryDialect queryDialect() {
        return QueryDialect.plain("https://%s.amazonaws.com/doc/".formatted(name()));
    }

    /**
     * Executes one action.
     *
     * @return the response. A stage that fails with {@link ServiceException} is an AWS error; one that fails with
     *     {@link dev.ingestkit.local.http.DroppedConnectionException} closes the connection; any other failure is a 500
     */
    CompletionStage<ServiceResponse> handle(ServiceRequest request);
}
