package dev.ingestkit.testkit.function;

import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.security.CodeSigner;
import java.security.CodeSource;
import java.util.List;

/**
 * Loads all classes of one function itself, from a class path like the test's, with their calls of {@link System}
 * redirected. Nothing but the JDK is shared with the test, so statics are the function's own. Thread-safe.
 */
final class FunctionLoader extends URLClassLoader {

    static {
        registerAsParallelCapable();
    }

    FunctionLoader(List<URL> classPath) {
        super(classPath.toArray(URL[]::new), ClassLoader.getPlatformClassLoader());
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
        String path = name.replace('.', '/') + ".class";
        URL found = findResource(path);
        if (found == null) {
            throw new ClassNotFoundException(name);
        }
        try {
            byte[] file = ClassFiles.redirected(path, found);
            definePackageOf(name);
            return defineClass(name, file, 0, file.length, new CodeSource(root(found, path), (CodeSigner[]) null));
        } catch (IOException unreadable) {
            throw new ClassNotFoundException(name, unreadable);
        }
    }

    private void definePackageOf(String className) {
        int end = className.lastIndexOf('.');
        String name = end < 0 ? "" : className.substring(0, end);
        if (end >= 0 && getDefinedPackage(name) == null) {
            try {
                definePackage(name, null, null, null, null, null, null, null);
            } catch (IllegalArgumentException definedMeanwhile) {
                // Another thread was first.
                getDefinedPackage(name);
            }
        }
    }

    /** Returns the jar or folder that a class is from, as its code source: coverage tools skip classes without one. */
    private static URL root(URL found, String path) throws MalformedURLException {
        String text = found.toString();
        if (found.getProtocol().equals("jar")) {
            return URI.create(text.substring("jar:".length(), text.indexOf("!/")))
                    .toURL();
        }
        return URI.create(text.substring(0, text.length() - path.length())).toURL();
    }
}
