package dev.ingestkit.contract;

import dev.ingestkit.cli.aws.Target;
import dev.ingestkit.local.LocalRuntime;
import dev.ingestkit.local.LocalRuntimeConfig;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Embedded runtimes for tests: the repository's template with the functions' archives that the build has made. */
final class EmbeddedStack {

    private EmbeddedStack() {}

    /** The repository's stack on a free port. */
    static LocalRuntimeConfig config() {
        Path root = root();
        for (String archive : new String[] {"authorizer.jar", "writer.jar"}) {
            requireFile(root.resolve("handlers/target").resolve(archive), "mvn verify (mvn test makes no archives)");
        }
        // The oldest runtime of the template: a newer one than the JDK of the build is warned about.
        return config(root.resolve("template.yaml")).withParameter("JavaRuntime", "java17");
    }

    /** Another template's stack on a free port. */
    static LocalRuntimeConfig config(Path template) {
        requireFile(dynamoDbHome(), "mvn -pl local/dynamodb-local package");
        return LocalRuntimeConfig.of(template, dynamoDbHome()).withPort(0);
    }

    /** Where the running stack is, for the tool's own clients. */
    static Target target(LocalRuntime runtime) {
        return new Target(
                Target.Kind.EMBEDDED,
                Optional.of(runtime.endpoint()),
                "us-east-1",
                Optional.empty(),
                LocalRuntimeConfig.DEFAULT_STACK,
                "test",
                runtime.outputs());
    }

    static Path root() {
        return Path.of(property("ingest.root"));
    }

    private static Path dynamoDbHome() {
        return Path.of(property("ingest.dynamodb.home"));
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
