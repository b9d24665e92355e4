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
     * Carries out one action.
     *
     * @return the answer; a failed stage with {@link ServiceException} is an AWS error, any other failure a 500
     */
    CompletionStage<ServiceResponse> handle(ServiceRequest request);
}
