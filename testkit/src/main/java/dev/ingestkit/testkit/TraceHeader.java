package dev.ingestkit.testkit;

import dev.ingestkit.testkit.function.CurrentInvocation;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.http.SdkHttpRequest;

/**
 * Sends the trace header of the invocation with each call of a replaced handler, as the SDK does on Lambda, so that the
 * stack attributes what the handler writes.
 */
final class TraceHeader implements ExecutionInterceptor {

    private static final String NAME = "X-Amzn-Trace-Id";

    @Override
    public SdkHttpRequest modifyHttpRequest(Context.ModifyHttpRequest context, ExecutionAttributes attributes) {
        return CurrentInvocation.traceHeader()
                .map(header -> context.httpRequest().toBuilder()
                        .putHeader(NAME, header)
                        .build())
                .orElse(context.httpRequest());
    }
}
