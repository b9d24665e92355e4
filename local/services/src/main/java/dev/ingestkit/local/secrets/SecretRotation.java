package dev.ingestkit.local.secrets;

import static java.util.Objects.requireNonNull;

import dev.ingestkit.local.functions.FunctionInvoker;
import dev.ingestkit.local.functions.Invocation;
import dev.ingestkit.local.protocol.AwsOutput;
import dev.ingestkit.local.time.RuntimeClock;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Rotates a secret by a function: createSecret, setSecret, testSecret, finishSecret, in turn. A step that fails stops
 * the rotation, leaving the new version labeled AWSPENDING, as on AWS; the next RotateSecret resumes it. Thread-safe.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/secretsmanager/latest/userguide/rotate-secrets_lambda-functions.html">Lambda
 *     rotation functions</a>
 */
final class SecretRotation {

    private static final Logger LOG = LoggerFactory.getLogger(SecretRotation.class);
    private static final List<String> STEPS = List.of("createSecret", "setSecret", "testSecret", "finishSecret");

    private final Clock clock;
    private final Supplier<FunctionInvoker> functions;
    private final BiConsumer<Secret, String> finished;

    /**
     * Creates the rotation.
     *
     * @param clock a runtime's clock waits for a rotation before it moves on
     * @param functions returns the invoker of rotation functions
     * @param finished is notified of a secret and the version that its rotation has completed with
     */
    SecretRotation(Clock clock, Supplier<FunctionInvoker> functions, BiConsumer<Secret, String> finished) {
        this.clock = requireNonNull(clock, "clock");
        this.functions = requireNonNull(functions, "functions");
        this.finished = requireNonNull(finished, "finished");
    }

    /** Returns whether the function exists. */
    boolean hasFunction(String function) {
        return functions.get().has(function);
    }

    /** Starts a rotation without waiting for it: the function calls back into Secrets Manager. */
    void start(Secret secret, String function, String version) {
        if (clock instanceof RuntimeClock runtime) {
            var unused = runtime.track(() -> rotate(secret, function, version));
        } else {
            var unused = rotate(secret, function, version);
        }
    }

    private CompletionStage<Void> rotate(Secret secret, String function, String version) {
        CompletionStage<Void> rotation = CompletableFuture.completedFuture(null);
        for (String step : STEPS) {
            rotation = rotation.thenComposeAsync(before -> invoke(secret, function, version, step));
        }
        return rotation.whenComplete((done, failure) -> {
            if (failure == null) {
                finished.accept(secret, version);
            } else {
                LOG.warn("rotation of secret {} stopped: {}", secret.name, failure.getMessage());
            }
        });
    }

    private CompletionStage<Void> invoke(Secret secret, String function, String version, String step) {
        String event = AwsOutput.object()
                .put("Step", step)
                .put("SecretId", secret.arn.toString())
                .put("ClientRequestToken", version)
                .toString();
        return functions
                .get()
                .invoke(function, event.getBytes(StandardCharsets.UTF_8))
                .thenAccept(outcome -> {
                    if (outcome.failed()) {
                        throw failed(function, step, outcome);
                    }
                });
    }

    private static IllegalStateException failed(String function, String step, Invocation outcome) {
        return new IllegalStateException("step %s failed in function %s: %s"
                .formatted(step, function, new String(outcome.payload(), StandardCharsets.UTF_8)));
    }
}
