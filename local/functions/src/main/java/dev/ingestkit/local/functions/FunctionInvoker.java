package dev.ingestkit.local.functions;

import java.util.concurrent.CompletableFuture;

/**
 * Invokes functions synchronously, like Lambda's RequestResponse: the future completes with the function's answer or
 * error. In the embedded runtime the functions run in child JVMs; another implementation may call another endpoint's
 * Lambda. Thread-safe.
 */
public interface FunctionInvoker {

    /**
     * Invokes a function.
     *
     * @param function name or ARN, with or without qualifier
     * @param payload the event as UTF-8 JSON, at most 6 MB (Lambda quota for synchronous invocation)
     * @return completes normally for a function error too (see {@link Invocation#functionError()}); fails with
     *     {@link InvokeRejectedException} when the function never ran (unknown, throttled, start failed)
     */
    CompletableFuture<Invocation> invoke(String function, byte[] payload);

    /**
     * Returns whether a function exists; true if that is unknown.
     *
     * @param function name or ARN, with or without qualifier
     */
    default boolean has(String function) {
        return true;
    }
}
