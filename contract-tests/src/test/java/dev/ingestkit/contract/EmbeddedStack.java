package dev.ingestkit.contract;

import dev.ingestkit.cli.aws.Target;
import dev.ingestkit.local.LocalRuntime;
import dev.ingestkit.local.LocalRuntimeConfig;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** Starts embedded runtimes for tests, with the repository's template and the functions' archives of the build. */
final class EmbeddedStack {

    private EmbeddedStack() {}

    /** Starts the repository's stack on a free port. */
    static LocalRuntimeConfig config() {
        Path root = root();
        for (String archive : new String[] {"authorizer.jar", "writer.jar"}) {
            requireFile(root.resolve("handlers/target").resolve(archive), "mvn verify (mvn test builds no archives)");
        }
        // Java 17 is the template's oldest runtime: the runtime warns about one newer than the build's JDK.
        return config(root.resolve("template.yaml")).withParameter("JavaRuntime", "java17");
    }

    /** Starts another template's stack on a free port. */
    static LocalRuntimeConfig config(Path template) {
        return LocalRuntimeConfig.of(template).withPort(0);
    }

    /** Returns the running stack as a target of the tool's clients. */
    static Target target(LocalRuntime runtime) {
        return target(runtime.endpoint(), LocalRuntimeConfig.DEFAULT_STACK, runtime.outputs());
    }

    static Target target(URI endpoint, String stack, Map<String, String> outputs) {
        return new Target(
                Target.Kind.EMBEDDED, Optional.of(endpoint), "us-east-1", Optional.empty(), stack, "test", outputs);
    }

    static Path root() {
        return Path.of(property("ingest.root"));
    }

    private static String property(String name) {
        String value = System.getProperty(name);
        if (value == null) {
            throw new IllegalStateException("system property " + name + " is not set: run the tests by mvn verify");
        }
        return value;
    }

    private static void requireFile(Path file, String command) {
        if (!Files.exists(file)) {
            throw new IllegalStateException("%s is missing: build it first: %s".formatted(file, command));
        }
    }
}
