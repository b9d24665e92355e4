package dev.ingestkit.testkit.function;

import dev.ingestkit.local.functions.FunctionClasses;
import dev.ingestkit.local.functions.FunctionLog.Source;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * A function's loader with its copy of {@link FunctionSystem}; only types of the JDK are shared with that.
 *
 * @param beginning takes the trace header of an invocation that begins
 * @param status the status with which the handler asked to exit
 */
record FunctionSystemHandle(URLClassLoader loader, Consumer<String> beginning, Supplier<OptionalInt> status)
        implements FunctionClasses.Loaded {

    @SuppressWarnings("unchecked") // The copy's types are another loader's: it hands out what the JDK has.
    static FunctionSystemHandle open(URLClassLoader loader, FunctionClasses.Request request) throws IOException {
        try {
            Object[] handles = (Object[]) Class.forName(FunctionSystem.class.getName(), true, loader)
                    .getMethod("install", Map.class, PrintStream.class, PrintStream.class)
                    .invoke(
                            null,
                            request.environment(),
                            printer(request, Source.STDOUT),
                            printer(request, Source.STDERR));
            return new FunctionSystemHandle(loader, (Consumer<String>) handles[0], (Supplier<OptionalInt>) handles[1]);
        } catch (ReflectiveOperationException broken) {
            loader.close();
            throw new IllegalStateException("the testkit's own classes are not on the test's class path", broken);
        }
    }

    private static PrintStream printer(FunctionClasses.Request request, Source source) {
        return new PrintStream(
                new LinesOutput(line -> request.output().accept(source, line)), true, StandardCharsets.UTF_8);
    }

    @Override
    public void begin(String traceHeader) {
        beginning.accept(traceHeader);
    }

    @Override
    public OptionalInt exitStatus() {
        return status.get();
    }

    @Override
    public void close() {
        try {
            loader.close();
        } catch (IOException failed) {
            throw new UncheckedIOException("a function's class loader cannot be closed", failed);
        }
    }
}
