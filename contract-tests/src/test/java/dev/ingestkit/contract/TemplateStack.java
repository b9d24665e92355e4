package dev.ingestkit.contract;

import static java.util.Objects.requireNonNull;

import dev.ingestkit.cli.aws.AwsClients;
import dev.ingestkit.local.LocalRuntime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Starts a template's stack before each test and stops it afterwards; has the tool and the SDK's clients for it. For one thread. */
final class TemplateStack implements BeforeEachCallback, AfterEachCallback {

    private final Supplier<Path> folder;
    private final String template;
    private final Map<String, Class<?>> archives;
    private @Nullable LocalRuntime runtime;
    private @Nullable AwsClients clients;

    /**
     * Creates a stack that is started before each test.
     *
     * @param folder returns the test's own folder, which holds template, archives and the tool's state
     * @param archives the functions by the names of their archives
     */
    TemplateStack(Supplier<Path> folder, String template, Map<String, Class<?>> archives) {
        this.folder = requireNonNull(folder, "folder");
        this.template = requireNonNull(template, "template");
        this.archives = Map.copyOf(archives);
    }

    @Override
    public void beforeEach(ExtensionContext context) throws IOException {
        Path file = Files.writeString(folder.get().resolve("stack.yaml"), template);
        for (Map.Entry<String, Class<?>> archive : archives.entrySet()) {
            Files.write(folder.get().resolve(archive.getKey()), FunctionArchive.of(archive.getValue()));
        }
        runtime = LocalRuntime.start(EmbeddedStack.config(file));
        clients = new AwsClients(EmbeddedStack.target(runtime));
    }

    @Override
    public void afterEach(ExtensionContext context) {
        try {
            if (clients != null) {
                clients.close();
            }
        } finally {
            if (runtime != null) {
                runtime.close();
            }
        }
    }

    AwsClients clients() {
        return requireNonNull(clients, "clients");
    }

    /** Returns the tool with this stack as its target. */
    Tool tool() {
        return new Tool(folder.get())
                .target(
                        "--endpoint-url",
                        requireNonNull(runtime, "runtime").endpoint().toString());
    }
}
