package dev.ingestkit.testkit.function;

import dev.ingestkit.local.functions.FunctionClasses;
import dev.ingestkit.local.functions.FunctionConfig;
import java.io.File;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Loads functions from the test's class path, so that the classes under test run: no archive has to be built. A handler
 * that is not there is loaded from the archive or folder that the template names. Thread-safe.
 */
public final class TestClassPath implements FunctionClasses {

    private final List<Path> classPath;

    private TestClassPath(List<Path> classPath) {
        this.classPath = List.copyOf(classPath);
    }

    /** Returns the class path of this JVM. */
    public static TestClassPath ofThisJvm() {
        // Surefire's own name for it, where the JVM itself was started with a jar that names the others.
        String text = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path", ""));
        List<Path> entries = new ArrayList<>();
        for (String entry : text.split(File.pathSeparator, -1)) {
            if (!entry.isBlank()) {
                entries.add(Path.of(entry));
            }
        }
        return new TestClassPath(entries);
    }

    @Override
    public Loaded load(Request request) throws IOException {
        FunctionConfig config = request.config();
        if (!config.code().runtime().startsWith("java")) {
            throw new IOException(
                    "the function '%s' is for %s, which a test's JVM does not run: replace it, or set functionsInProcessesOfTheirOwn"
                            .formatted(config.name(), config.code().runtime()));
        }
        List<Path> path = new ArrayList<>(request.lambda());
        path.addAll(codeOf(config));
        FunctionLoader loader = new FunctionLoader(urls(path));
        return FunctionSystemHandle.open(loader, request);
    }

    /** Returns the function's class path; its archive comes before the test's where the test has no such handler. */
    private List<Path> codeOf(FunctionConfig config) throws IOException {
        String handler = config.code().handler().split("::", 2)[0];
        if (ClassLoader.getSystemResource(handler.replace('.', '/') + ".class") != null) {
            return classPath;
        }
        Path code = config.code().path();
        if (!Files.exists(code)) {
            throw new IOException(
                    ("the handler '%s' of function '%s' is neither on the test's class path nor is there any"
                                    + " code at '%s': build it, or add its module as a test dependency")
                            .formatted(config.code().handler(), config.name(), code));
        }
        List<Path> path = new ArrayList<>();
        path.add(code);
        path.addAll(classPath);
        return path;
    }

    private static List<URL> urls(List<Path> path) throws MalformedURLException {
        List<URL> urls = new ArrayList<>();
        for (Path entry : path) {
            urls.add(entry.toUri().toURL());
        }
        return urls;
    }
}
