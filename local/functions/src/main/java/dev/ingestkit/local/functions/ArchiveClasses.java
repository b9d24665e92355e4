package dev.ingestkit.local.functions;

import dev.ingestkit.local.functions.code.TaskRoots;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/**
 * Loads functions from their archives into plain class loaders. A function loaded so has this process's environment
 * variables and standard output, its calls carry no trace header, and {@code System.exit} ends this process.
 */
final class ArchiveClasses implements FunctionClasses {

    private final TaskRoots taskRoots;

    ArchiveClasses(TaskRoots taskRoots) {
        this.taskRoots = taskRoots;
    }

    @Override
    public Loaded load(Request request) throws IOException {
        List<Path> path = new ArrayList<>(request.lambda());
        path.addAll(taskRoots.acquire(request.config().code().path()).classPath());
        URL[] urls = new URL[path.size()];
        for (int at = 0; at < urls.length; at++) {
            urls[at] = path.get(at).toUri().toURL();
        }
        return new PlainClasses(new URLClassLoader(urls, ClassLoader.getPlatformClassLoader()));
    }

    private record PlainClasses(URLClassLoader loader) implements Loaded {

        @Override
        public void begin(String traceHeader) {
            // A handler in this process finds this process's properties.
        }

        @Override
        public OptionalInt exitStatus() {
            return OptionalInt.empty();
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
}
