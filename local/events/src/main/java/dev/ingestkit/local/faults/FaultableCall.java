package dev.ingestkit.local.faults;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * A call into which a fault can be injected. Most stages only implement the call; the other methods are for stages
 * where a fault has a special effect.
 *
 * @param <T> the answer
 */
@FunctionalInterface
public interface FaultableCall<T> {

    /** Does the work; called again for a duplicate. */
    CompletionStage<T> perform();

    /** Does the work twice and returns the first answer. */
    default CompletionStage<T> performTwice() {
        return perform().thenCompose(first -> perform().thenApply(second -> first));
    }

    /**
     * Does the work in a process that exits before the work is finished. A stage without processes loses the answer.
     */
    default CompletionStage<T> performInCrash(FaultErrors errors) {
        return performUnanswered(errors);
    }

    /** Does the work and loses the answer. */
    default CompletionStage<T> performUnanswered(FaultErrors errors) {
        return perform()
                .thenCompose(
                        done -> CompletableFuture.failedFuture(errors.lost().get()));
    }

    /** Returns the future of a call that is never answered; a stage whose callers time out fails it then. */
    default CompletionStage<T> timeout(FaultErrors errors) {
        return new CompletableFuture<>();
    }
}
