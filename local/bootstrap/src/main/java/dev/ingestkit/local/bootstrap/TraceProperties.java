package dev.ingestkit.local.bootstrap;

import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * System properties with one key per execution environment: the trace header. Lambda's Java runtime sets
 * that property before each invocation and AWS SDKs send it with each call; here several invocations run at a time.
 */
final class TraceProperties extends Properties {

    static final String TRACE_HEADER = "com.amazonaws.xray.traceHeader";

    private static final long serialVersionUID = 1L;

    private final transient Environments environments;

    TraceProperties(Properties original, Environments environments) {
        this.environments = environments;
        putAll(original);
    }

    @Override
    public @Nullable String getProperty(String key) {
        return TRACE_HEADER.equals(key) ? header() : super.getProperty(key);
    }

    @Override
    public @Nullable String getProperty(String key, @Nullable String fallback) {
        String value = getProperty(key);
        return value == null ? fallback : value;
    }

    @Override
    public synchronized @Nullable Object get(Object key) {
        return TRACE_HEADER.equals(key) ? header() : super.get(key);
    }

    @Override
    public synchronized boolean containsKey(Object key) {
        return TRACE_HEADER.equals(key) ? header() != null : super.containsKey(key);
    }

    private @Nullable String header() {
        ExecutionEnvironment environment = environments.current();
        // With several invocations at once Lambda's client does not set the property.
        return environment == null || environments.concurrent() ? null : environment.traceHeader();
    }
}
