package dev.ingestkit.local.secrets;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ingestkit.local.faults.FaultErrors;
import dev.ingestkit.local.faults.FaultInjector;
import dev.ingestkit.local.faults.FaultStage;
import dev.ingestkit.local.faults.Faults;
import dev.ingestkit.local.functions.FunctionInvoker;
import dev.ingestkit.local.http.DroppedConnectionException;
import dev.ingestkit.local.protocol.AwsInput;
import dev.ingestkit.local.protocol.AwsOutput;
import dev.ingestkit.local.protocol.AwsService;
import dev.ingestkit.local.protocol.ServiceException;
import dev.ingestkit.local.protocol.ServiceRequest;
import dev.ingestkit.local.protocol.ServiceResponse;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Secrets Manager in memory: one account's secrets in one region. Thread-safe: one call at a time, each of them short.
 * Rotation runs when it is asked for, and at the beginning of each window of a secret's schedule.
 */
public final class SecretsService implements AwsService, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(SecretsService.class);
    private static final long SECONDS_BETWEEN_LOOKS = 10;
    private static final FaultErrors FAULT_ERRORS = new FaultErrors(
            () -> ServiceException.badRequest("ThrottlingException", "Rate exceeded"),
            () -> new ServiceException("InternalServiceError", 500, "An error occurred on the server side."),
            DroppedConnectionException::new);

    private final SecretStore store;
    private final SecretActions secrets;
    private final RandomGenerator random;
    private final FaultInjector faults;
    private final RotationActions rotations;
    private final Map<String, Function<AwsInput, JsonNode>> actions = new HashMap<>();
    private @Nullable ScheduledExecutorService schedules;
    private boolean closed;

    /**
     * @param functions runs rotation functions; asked when a rotation begins, so it may be made after this service
     * @param random makes passwords, ARN endings and version ids: give a {@link java.security.SecureRandom}
     */
    public SecretsService(
            Clock clock,
            String region,
            String accountId,
            Faults faults,
            Supplier<FunctionInvoker> functions,
            RandomGenerator random) {
        this.store = new SecretStore(region, accountId, clock, random);
        this.random = requireNonNull(random, "random");
        this.faults = new FaultInjector(faults, FaultStage.SECRET, ForkJoinPool.commonPool());
        ValueActions values = new ValueActions(store);
        this.secrets = new SecretActions(store, values);
        handleSecrets();
        handleValues(values);
        handlePolicies(new PolicyActions(store));
        this.rotations = new RotationActions(store, new SecretRotation(functions, this::rotated));
        actions.put("RotateSecret", this::rotateSecret);
        actions.put("CancelRotateSecret", rotations::cancelRotateSecret);
    }

    private void handleSecrets() {
        actions.put("CreateSecret", secrets::createSecret);
        actions.put("UpdateSecret", secrets::updateSecret);
        actions.put("DescribeSecret", secrets::describeSecret);
        actions.put("ListSecrets", secrets::listSecrets);
        actions.put("DeleteSecret", secrets::deleteSecret);
        actions.put("RestoreSecret", secrets::restoreSecret);
        actions.put("TagResource", secrets::tagResource);
        actions.put("UntagResource", secrets::untagResource);
    }

    private void handleValues(ValueActions values) {
        actions.put("GetSecretValue", values::getSecretValue);
        actions.put("BatchGetSecretValue", values::batchGetSecretValue);
        actions.put("PutSecretValue", values::putSecretValue);
        actions.put("ListSecretVersionIds", values::listSecretVersionIds);
        actions.put("UpdateSecretVersionStage", values::updateSecretVersionStage);
        actions.put(
                "GetRandomPassword",
                input -> AwsOutput.object()
                        .put("RandomPassword", RandomPassword.of(input.node()).draw(random)));
    }

    private void handlePolicies(PolicyActions policies) {
        actions.put("GetResourcePolicy", policies::getResourcePolicy);
        actions.put("PutResourcePolicy", policies::putResourcePolicy);
        actions.put("DeleteResourcePolicy", policies::deleteResourcePolicy);
        actions.put("ValidateResourcePolicy", policies::validateResourcePolicy);
    }

    @Override
    public String name() {
        return "secretsmanager";
    }

    @Override
    public Set<String> actions() {
        return Set.copyOf(actions.keySet());
    }

    /**
     * Makes the secret that a template describes.
     *
     * @param generatedName the name where the template gives none
     * @param properties of the {@code AWS::SecretsManager::Secret}, with intrinsic functions resolved: Name, Description,
     *     KmsKeyId, Tags, SecretString or GenerateSecretString
     * @param ending the six characters at the end of its ARN, where a template has to know them before
     * @return the secret's ARN
     * @throws ServiceException for properties that AWS refuses
     */
    public String createFromTemplate(String generatedName, String ending, JsonNode properties) {
        AwsInput input = new AwsInput(new SecretTemplate(properties).toCreateSecret(generatedName, random));
        synchronized (store) {
            return secrets.createSecret(input, name -> store.create(name, ending))
                    .path("ARN")
                    .textValue();
        }
    }

    /**
     * Turns rotation on as a template does.
     *
     * @param input RotateSecret's
     * @throws ServiceException for what AWS refuses
     */
    public void rotateFromTemplate(JsonNode input) {
        synchronized (store) {
            rotateSecret(new AwsInput(input));
        }
    }

    @Override
    public CompletionStage<ServiceResponse> handle(ServiceRequest request) {
        String target = request.input().path("SecretId").asText(request.action());
        return faults.perform(target, FAULT_ERRORS, () -> completed(request));
    }

    private CompletionStage<ServiceResponse> completed(ServiceRequest request) {
        try {
            return CompletableFuture.completedFuture(ServiceResponse.of(carryOut(request)));
        } catch (ServiceException refused) {
            return CompletableFuture.failedFuture(refused);
        }
    }

    private JsonNode carryOut(ServiceRequest request) {
        Function<AwsInput, JsonNode> action = actions.get(request.action());
        if (action == null) {
            throw ServiceException.notImplemented("Secrets Manager", request.action());
        }
        synchronized (store) {
            return action.apply(AwsInput.of(request));
        }
    }

    private JsonNode rotateSecret(AwsInput input) {
        JsonNode response = rotations.rotateSecret(input);
        watchSchedules();
        return response;
    }

    /** Most stacks have no schedule, and then no thread for it either. */
    private void watchSchedules() {
        if (schedules == null && !closed && rotations.scheduled()) {
            schedules = Executors.newSingleThreadScheduledExecutor(task -> {
                Thread thread = new Thread(task, "secret-rotation");
                thread.setDaemon(true);
                return thread;
            });
            var unused = schedules.scheduleWithFixedDelay(
                    this::look, SECONDS_BETWEEN_LOOKS, SECONDS_BETWEEN_LOOKS, TimeUnit.SECONDS);
        }
    }

    /** One look that fails must not be the last one. */
    private void look() {
        try {
            rotateDue();
        } catch (RuntimeException mistake) {
            LOG.error("Rotating what is due failed", mistake);
        }
    }

    /** Begins the rotations that are due by the clock; it happens by itself every ten seconds. */
    public void rotateDue() {
        synchronized (store) {
            rotations.rotateDue();
        }
    }

    /** Ends the schedules; rotations under way go on. Idempotent. */
    @Override
    public void close() {
        synchronized (store) {
            closed = true;
            if (schedules != null) {
                schedules.shutdownNow();
            }
        }
    }

    /** The function's last step has moved AWSCURRENT; without that, the rotation has not taken place. */
    private void rotated(Secret secret, String version) {
        synchronized (store) {
            boolean current = secret.labelled(Secret.CURRENT)
                    .filter(labelled -> labelled.id().equals(version))
                    .isPresent();
            if (current) {
                secret.rotation.lastRotated = store.now();
                if (secret.labelled(Secret.PENDING)
                        .filter(labelled -> labelled.id().equals(version))
                        .isPresent()) {
                    secret.unlabel(Secret.PENDING, store.now());
                }
            }
        }
    }
}
