package dev.ingestkit.contract;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ingestkit.cli.capsule.CapsuleTestWriter;
import dev.ingestkit.local.capsule.Capsule;
import dev.ingestkit.testkit.IngestPipeline;
import java.io.StringWriter;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;

/** A project to which capsules add their tests: compiles and runs them as a build does. */
final class CapsuleProject {

    private final Path folder;

    CapsuleProject(Path folder) {
        this.folder = folder;
    }

    /** Writes the capsules' classes, compiles them and returns their loader, with their fixtures. */
    URLClassLoader compile(List<Capsule> capsules) throws Exception {
        List<Path> sources = new ArrayList<>();
        CapsuleTestWriter writer = new CapsuleTestWriter(folder, "template.yaml");
        for (Capsule capsule : capsules) {
            sources.add(writer.write(capsule, "app").get(0));
        }
        JavaCompiler compiler = requireNonNull(ToolProvider.getSystemJavaCompiler());
        StringWriter errors = new StringWriter();
        boolean compiled = compiler.getTask(
                        errors,
                        null,
                        null,
                        List.of("-proc:none", "-d", folder.resolve("classes").toString(), "-classpath", classPath()),
                        null,
                        compiler.getStandardFileManager(null, null, null).getJavaFileObjectsFromPaths(sources))
                .call();
        assertThat(compiled).as(errors.toString()).isTrue();
        URL[] path = {
            folder.resolve("classes").toUri().toURL(),
            folder.resolve("src/test/resources").toUri().toURL()
        };
        return new URLClassLoader(path, CapsuleProject.class.getClassLoader());
    }

    private static String classPath() {
        return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    }

    /** Returns the only test of a capsule whose name is {@code fault-NAME}. */
    static Method test(URLClassLoader tests, Capsule capsule) throws ReflectiveOperationException {
        String name = capsule.name().substring("fault-".length());
        String type = "app.Fault" + name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1) + "CapsuleTest";
        for (Method method : tests.loadClass(type).getDeclaredMethods()) {
            if (method.isAnnotationPresent(Test.class)) {
                method.setAccessible(true);
                return method;
            }
        }
        throw new AssertionError(type + " has no test");
    }

    /** Runs a test on a stack; its failure is thrown. */
    static void run(Method test, IngestPipeline pipeline) throws Throwable {
        var constructor = test.getDeclaringClass().getDeclaredConstructor();
        constructor.setAccessible(true);
        try {
            test.invoke(constructor.newInstance(), pipeline);
        } catch (InvocationTargetException failed) {
            throw requireNonNull(failed.getCause());
        }
    }
}
