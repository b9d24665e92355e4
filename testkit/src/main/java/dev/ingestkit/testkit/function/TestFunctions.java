package dev.ingestkit.testkit.function;

import static java.util.Objects.requireNonNull;

import dev.ingestkit.local.functions.FunctionClasses;
import dev.ingestkit.local.functions.FunctionConfig;
import java.io.IOException;
import java.net.URL;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;

/** Loads functions from the test's class path, but those that the test has replaced. Thread-safe. */
public final class TestFunctions implements FunctionClasses {

    private final FunctionClasses others;
    private final Map<String, Replacement> replacements = new ConcurrentHashMap<>();

    /**
     * Creates a loader without replacements.
     *
     * @param others loads the functions that are not replaced
     */
    public TestFunctions(FunctionClasses others) {
        this.others = requireNonNull(others, "others");
    }

    /** Loads a handler of the test for a function from now on. */
    public void replace(String function, Replacement replacement) {
        replacements.put(function, replacement);
    }

    /** Loads a function's own handler from now on; says whether it was replaced. */
    public boolean restore(String function) {
        return replacements.remove(function) != null;
    }

    /** Returns the names of the replaced functions. */
    public List<String> replaced() {
        return List.copyOf(replacements.keySet());
    }

    @Override
    public Loaded load(Request request) throws IOException {
        Replacement replacement = replacements.get(request.config().name());
        if (replacement == null) {
            return others.load(request);
        }
        List<URL> own = new ArrayList<>();
        for (Path jar : request.lambda()) {
            own.add(jar.toUri().toURL());
        }
        own.add(TestFunctions.class.getProtectionDomain().getCodeSource().getLocation());
        ReplacementLoader loader = new ReplacementLoader(own, replacement);
        return new Replaced(loader, FunctionSystemHandle.open(loader, request));
    }

    private record Replaced(ReplacementLoader loader, Loaded system) implements Loaded {

        @Override
        public boolean ownsThreads() {
            return false;
        }

        @Override
        public String handler(FunctionConfig config) {
            return loader.handler();
        }

        @Override
        public void begin(String traceHeader) {
            system.begin(traceHeader);
            CurrentInvocation.begin(traceHeader);
        }

        @Override
        public OptionalInt exitStatus() {
            return OptionalInt.empty();
        }

        @Override
        public void close() {
            system.close();
        }
    }
}
