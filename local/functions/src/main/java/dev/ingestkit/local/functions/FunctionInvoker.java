package dev.ingestkit.local.functions;

import java.util.concurrent.CompletableFuture;

/**
 * Invokes functions synchronously in Lambda's sense: the future ends with what the function answered or how it failed.
 * In the embedded runtime the functions run in child JVMs; another implementation may call another endpoint's Lambda.
 * Thread-safe.
 */
public interface FunctionInvoker {

    /**
     * Invokes a function.
     *
     * @param function name or ARN, with or without qualifier
     * @param payload the event as UTF-8 JSON, at most 6 MB (Lambda quota for synchronous invocation)
     * @return ends normally for a function error too (see {@link Invocation#functionError()}); fails with
     *     {@link InvokeRejectedException} when the function was never run (unknown, throttled, start failed)
     */
    CompletableFuture<Invocation> invoke(String function, byte[] payload);

    /**
     * Returns whether a function exists; true where that is not known.
     *
     * @param function name or ARN, with or without qualifier
     */
    default boolean has(String function) {
        return true;
    }
}
