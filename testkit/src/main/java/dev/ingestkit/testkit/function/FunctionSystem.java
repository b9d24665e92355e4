package dev.ingestkit.testkit.function;

import java.io.PrintStream;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The function's stand-in for {@link System}: environment variables, standard output, the trace header and an exit of
 * its own. Each function's loader defines its own copy of this class, so its fields are the function's. Public, since
 * the function's rewritten classes call it.
 */
public final class FunctionSystem {

    /** The function's standard output. */
    public static PrintStream out = System.out;

    /** The function's standard error. */
    public static PrintStream err = System.err;

    private static final Set<Thread> HOOKS = ConcurrentHashMap.newKeySet();

    private static final String TRACE_HEADER = "com.amazonaws.xray.traceHeader";
    private static final String TRACE_VARIABLE = "_X_AMZN_TRACE_ID";

    private static volatile Map<String, String> variables = Map.of();
    private static volatile @Nullable String traceHeader;
    private static volatile @Nullable Integer exitStatus;

    private FunctionSystem() {}

    /** Thrown in place of an exit, so that the handler ends and the test continues. */
    private static final class FunctionExit extends Error {
        private static final long serialVersionUID = 1L;

        FunctionExit(int status) {
            super("the function exits with status " + status, null, false, false);
        }
    }

    /**
     * Sets up the function's system; called once, by the loader's owner.
     *
     * @return a {@code Consumer<String>} that begins an invocation whose calls carry a trace header, and a {@code
     *     Supplier<OptionalInt>} of the status with which the function asked to exit
     */
    public static Object[] install(Map<String, String> environment, PrintStream output, PrintStream errors) {
        variables = Map.copyOf(environment);
        out = output;
        err = errors;
        Consumer<String> begin = FunctionSystem::begin;
        Supplier<OptionalInt> status = () -> exitStatus == null ? OptionalInt.empty() : OptionalInt.of(exitStatus);
        return new Object[] {begin, status};
    }

    private static void begin(String header) {
        traceHeader = header;
        exitStatus = null;
    }

    /** Stands for {@link System#getenv()}. */
    public static Map<String, String> getenv() {
        return variables;
    }

    /** Stands for {@link System#getenv(String)}. */
    public static @Nullable String getenv(String name) {
        return TRACE_VARIABLE.equals(name) ? traceHeader : variables.get(name);
    }

    /** Stands for {@link System#getProperty(String)}. */
    public static @Nullable String getProperty(String key) {
        return TRACE_HEADER.equals(key) ? traceHeader : System.getProperty(key);
    }

    /** Stands for {@link System#getProperty(String, String)}. */
    public static @Nullable String getProperty(String key, @Nullable String fallback) {
        String value = getProperty(key);
        return value == null ? fallback : value;
    }

    /** Stands for {@link System#setOut}. */
    public static void setOut(PrintStream stream) {
        out = stream;
    }

    /** Stands for {@link System#setErr}. */
    public static void setErr(PrintStream stream) {
        err = stream;
    }

    /** Stands for {@link Runtime#addShutdownHook}: on Lambda no hook of a function runs. */
    public static void addShutdownHook(Runtime runtime, Thread hook) {
        if (!HOOKS.add(hook)) {
            throw new IllegalArgumentException("Hook previously registered");
        }
    }

    /** Stands for {@link Runtime#removeShutdownHook}. */
    public static boolean removeShutdownHook(Runtime runtime, Thread hook) {
        return HOOKS.remove(hook);
    }

    /** Stands for {@link System#exit}: ends the invocation, not the JVM. */
    public static void exit(int status) {
        exitStatus = status;
        throw new FunctionExit(status);
    }

    /** Stands for {@link Runtime#exit} and {@link Runtime#halt}. */
    public static void exit(Runtime runtime, int status) {
        exit(status);
    }
}
