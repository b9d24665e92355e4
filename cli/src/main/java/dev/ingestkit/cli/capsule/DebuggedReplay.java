package dev.ingestkit.cli.capsule;

import static java.util.Objects.requireNonNull;

import dev.ingestkit.cli.aws.AwsClients;
import dev.ingestkit.cli.aws.SdkFailures;
import dev.ingestkit.cli.output.CliException;
import dev.ingestkit.cli.output.ExitCode;
import dev.ingestkit.local.functions.FunctionConfig;
import dev.ingestkit.local.functions.FunctionRuntime;
import dev.ingestkit.local.functions.FunctionRuntimeOptions;
import dev.ingestkit.local.functions.Invocation;
import dev.ingestkit.local.journal.Journal;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletionException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.lambda.model.FunctionConfiguration;
import software.amazon.awssdk.services.lambda.model.GetFunctionResponse;

/**
 * Invokes a function of an embedded runtime once in a process of its own, which waits for a debugger before its first
 * instruction. The process has the function's code and variables and calls the runtime's services; the runtime's own
 * process of the function keeps running. Not thread-safe.
 */
public final class DebuggedReplay {

    private final AwsClients clients;

    /** Creates a replay at one target. */
    public DebuggedReplay(AwsClients clients) {
        this.clients = requireNonNull(clients, "clients");
    }

    /**
     * Invokes a function and returns its answer. Returns only after the debugger has resumed the function; no timeout
     * applies.
     *
     * @param function the function's name
     * @param port where the function waits for a debugger, on the loopback interface
     * @throws CliException if the target is not on this machine, or the process does not start
     */
    public Invocation invoke(String function, byte[] event, int port) {
        URI endpoint = clients.target()
                .endpoint()
                .orElseThrow(() -> new CliException(
                                "USAGE", ExitCode.USAGE, "--debug needs a runtime on this machine, not AWS")
                        .hint("start the template here: ingest-cli up --detach"));
        FunctionConfig config = config(function).withDebugPort(port);
        FunctionRuntimeOptions options = FunctionRuntimeOptions.of(
                        endpoint.toString(), clients.target().region(), new Journal(Clock.systemUTC(), 1))
                .withAwaitedDebugger();
        try (FunctionRuntime runtime = new FunctionRuntime(options)) {
            runtime.register(config);
            return runtime.invoke(function, event).join();
        } catch (IOException | IllegalArgumentException | CompletionException failed) {
            throw new CliException(
                            "NOT_STARTED",
                            ExitCode.ENVIRONMENT,
                            "the function '%s' does not start on port %d".formatted(function, port))
                    .because(String.valueOf(failed.getMessage()), failed);
        }
    }

    private FunctionConfig config(String function) {
        GetFunctionResponse found;
        try {
            found = clients.lambda().getFunction(request -> request.functionName(function));
        } catch (SdkException refused) {
            throw SdkFailures.of("FUNCTION", "the function '" + function + "'", refused);
        }
        FunctionConfiguration known = found.configuration();
        String location = String.valueOf(found.code().location());
        if (!location.startsWith("file:") || !known.layers().isEmpty()) {
            throw new CliException(
                            "NO_CODE",
                            ExitCode.FAILED,
                            "the code of '%s' is not an archive or folder on this machine, or it has layers"
                                    .formatted(function))
                    .hint("start the runtime with a port for it: ingest-cli up --debug-port " + function + "=5005");
        }
        return FunctionConfig.of(function, known.functionArn(), Path.of(URI.create(location)), known.handler())
                .withRuntime(known.runtimeAsString())
                .withMemoryMegabytes(known.memorySize())
                .withTimeout(Duration.ofSeconds(known.timeout()))
                .withEnvironment(
                        known.environment() == null
                                ? Map.of()
                                : known.environment().variables());
    }
}
