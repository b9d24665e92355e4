package dev.ingestkit.testkit;

import static java.util.Objects.requireNonNull;

import dev.ingestkit.local.functions.FunctionHost;
import dev.ingestkit.local.functions.FunctionRuntimeOptions;
import dev.ingestkit.local.functions.InProcessFunctions;
import dev.ingestkit.testkit.function.Replacement;
import dev.ingestkit.testkit.function.TestClassPath;
import dev.ingestkit.testkit.function.TestFunctions;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Functions on the test's classes, for which no archive has to exist, or replaced by the test. Thread-safe. */
final class FunctionsInTestJvm implements FunctionHost.Factory {

    private final FunctionLogs logs;
    private final TestFunctions classes = new TestFunctions(TestClassPath.ofThisJvm());
    private volatile @Nullable InProcessFunctions host;

    FunctionsInTestJvm(FunctionLogs logs) {
        this.logs = requireNonNull(logs, "logs");
    }

    @Override
    public FunctionHost open(FunctionRuntimeOptions options) throws IOException {
        InProcessFunctions opened = new InProcessFunctions(options.withLog(logs), classes);
        host = opened;
        return opened;
    }

    @Override
    public boolean needsCode() {
        return false;
    }

    void replace(String function, Replacement replacement) {
        classes.replace(function, replacement);
        requireNonNull(host, "host").reload(function);
    }

    void restore(String function) {
        if (classes.restore(function)) {
            requireNonNull(host, "host").reload(function);
        }
    }

    void restoreAll() {
        classes.replaced().forEach(this::restore);
    }
}
