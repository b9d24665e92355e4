package dev.ingestkit.local.secrets;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ingestkit.local.events.Arn;
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
import dev.ingestkit.local.store.Store;
import dev.ingestkit.local.time.RuntimeClock;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Secrets Manager in memory: one account's secrets in one region. Thread-safe: calls are short and run one at a time.
 * Rotation runs on request, and at the start of each window of a secret's schedule; the first schedule starts one
 * daemon thread named {@code secret-rotation}.
 *
 * @see <a href="https://docs.aws.amazon.com/secretsmanager/latest/apireference/Welcome.html">Secrets Manager API
 *     Reference</a>
 */
public final class SecretsService implements AwsService, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(SecretsService.class);
    private static final Set<String> MODELED_ERRORS = Set.of(
            "InternalServiceError",
            "InvalidParameterException",
            "InvalidRequestException",
            "MalformedPolicyDocumentException",
            "ResourceExistsException",
            "ResourceNotFoundException");
    /** Actions that change at most the day of a secret's last access, which is kept with the next change. */
    private static final Pattern READS = Pattern.compile("(Get|BatchGet|Describe|List|Validate).*");

    private static final Duration POLL_INTERVAL = Duration.ofSeconds(10);
    private static final FaultErrors FAULT_ERRORS = new FaultErrors(
            () -> ServiceException.badRequest("ThrottlingException", "Rate exceeded"),
            () -> new ServiceException("InternalServiceError", 500, "An error occurred on the server side."),
            DroppedConnectionException::new);

    private final Clock clock;
    private final SecretStore store;
    private final SecretActions secrets;
    private final RandomGenerator random;
    private final FaultInjector faults;
    private final RotationActions rotations;
    private final Map<String, Function<AwsInput, JsonNode>> actions = new HashMap<>();
    private @Nullable ScheduledExecutorService schedules;
    /** The time of the rotation that the scheduler waits for, or that it last waited for. */
    private Optional<Instant> awaited = Optional.empty();

    private boolean closed;

    /**
     * Creates the service without secrets.
     *
     * @param clock determines deletion and rotation times
     * @param region the region in ARNs
     * @param accountId the account in ARNs, twelve digits
     * @param faults faults to inject into calls
     * @param functions returns the invoker of rotation functions; called when a rotation starts, so it may be created
     *     after this service
     * @param random generates passwords, ARN endings and version ids: use a {@link java.security.SecureRandom}
     */
    public SecretsService(
            Clock clock,
            String region,
            String accountId,
            Faults faults,
            Supplier<FunctionInvoker> functions,
            RandomGenerator random) {
        this(SecretStorage.none(), clock, region, accountId, faults, functions, random);
    }

    /**
     * Creates the service over a store, with the secrets that the store has.
     *
     * @param store closed by the caller, after this service
     */
    public static SecretsService over(
            Store store,
            Clock clock,
            String region,
            String accountId,
            Faults faults,
            Supplier<FunctionInvoker> functions,
            RandomGenerator random) {
        return new SecretsService(SecretStorage.in(store), clock, region, accountId, faults, functions, random);
    }

    private SecretsService(
            SecretStorage storage,
            Clock clock,
            String region,
            String accountId,
            Faults faults,
            Supplier<FunctionInvoker> functions,
            RandomGenerator random) {
        this.clock = requireNonNull(clock, "clock");
        this.store = new SecretStore(region, accountId, clock, random, storage);
        this.random = requireNonNull(random, "random");
        this.faults = new FaultInjector(faults, FaultStage.SECRET, ForkJoinPool.commonPool());
        ValueActions values = new ValueActions(store);
        this.secrets = new SecretActions(store, values);
        handleSecrets();
        handleValues(values);
        handlePolicies(new PolicyActions(store));
        this.rotations = new RotationActions(store, new SecretRotation(clock, functions, this::rotated));
        actions.put("RotateSecret", input -> rotateSecret(input, true));
        actions.put("CancelRotateSecret", rotations::cancelRotateSecret);
        watchSchedules();
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
    public Set<String> actionsWithoutResult() {
        return Set.of("TagResource", "UntagResource");
    }

    /** Returns {@code Message} for the errors of the service's model, as AWS spells it there. */
    @Override
    public String errorTextMember(ServiceException error) {
        return MODELED_ERRORS.contains(error.code()) ? "Message" : "message";
    }

    @Override
    public Set<String> actions() {
        return Set.copyOf(actions.keySet());
    }

    /**
     * Creates the secret that a template describes.
     *
     * @param generatedName the name if the template gives none
     * @param arn the ARN that the template's references hold already; its six last characters become the ending
     * @param properties the properties of the {@code AWS::SecretsManager::Secret}, with intrinsic functions resolved:
     *     Name, Description, KmsKeyId, Tags, SecretString or GenerateSecretString
     * @return the secret's ARN
     * @throws ServiceException for properties that AWS rejects
     */
    public String createFromTemplate(String generatedName, Arn arn, JsonNode properties) {
        String ending = arn.resource().substring(arn.resource().lastIndexOf('-') + 1);
        AwsInput input = new AwsInput(new SecretTemplate(properties).toCreateSecret(generatedName, random));
        synchronized (store) {
            String created = secrets.createSecret(input, name -> store.create(name, ending))
                    .path("ARN")
                    .textValue();
            store.save();
            return created;
        }
    }

    /** Returns whether a secret has the ARN. */
    public boolean exists(Arn arn) {
        synchronized (store) {
            return store.tryFind(arn.toString()).isPresent();
        }
    }

    /** Returns whether rotation of a secret is turned on. */
    public boolean isRotated(String secretId) {
        synchronized (store) {
            return store.tryFind(secretId)
                    .filter(secret -> secret.rotation.enabled)
                    .isPresent();
        }
    }

    /**
     * Applies what a template has changed to a secret: description, key, and a value that the template holds. A
     * generated value stays.
     *
     * @throws ServiceException for properties that AWS rejects
     */
    public void updateFromTemplate(Arn arn, JsonNode before, JsonNode now) {
        ObjectNode input = AwsOutput.object().put("SecretId", arn.toString());
        for (String member : List.of("Description", "KmsKeyId", "SecretString")) {
            if (now.hasNonNull(member) && !now.path(member).equals(before.path(member))) {
                input.set(member, now.get(member));
            }
        }
        synchronized (store) {
            if (input.size() > 1) {
                secrets.updateSecret(new AwsInput(input));
                store.save();
            }
        }
    }

    /**
     * Turns rotation on, as a template does.
     *
     * @param input the input of RotateSecret
     * @throws ServiceException for an input that AWS rejects
     */
    public void rotateFromTemplate(JsonNode input) {
        synchronized (store) {
            // The stack's functions are created after its secrets.
            rotateSecret(new AwsInput(input), false);
            store.save();
        }
    }

    @Override
    public CompletionStage<ServiceResponse> handle(ServiceRequest request) {
        String target = request.input().path("SecretId").asText(request.action());
        return faults.perform(target, FAULT_ERRORS, () -> ServiceResponse.completed(() -> execute(request)));
    }

    private JsonNode execute(ServiceRequest request) {
        Function<AwsInput, JsonNode> action = actions.get(request.action());
        if (action == null) {
            throw ServiceException.notImplemented("Secrets Manager", request.action());
        }
        boolean reads = READS.matcher(request.action()).matches();
        synchronized (store) {
            try {
                AwsInput input = AwsInput.of(request);
                SecretConstraints.check(input);
                return action.apply(input);
            } finally {
                if (!reads) {
                    store.save();
                }
            }
        }
    }

    private JsonNode rotateSecret(AwsInput input, boolean functionExists) {
        JsonNode response = rotations.rotateSecret(input, functionExists);
        watchSchedules();
        return response;
    }

    /** Starts the scheduler's thread with the first schedule, since most stacks have none. */
    private void watchSchedules() {
        if (schedules == null && !closed && rotations.hasSchedule()) {
            schedules = RuntimeClock.scheduler(clock, "secret-rotation");
            var unused = schedules.scheduleWithFixedDelay(
                    this::rotateDueSafely, POLL_INTERVAL.toSeconds(), POLL_INTERVAL.toSeconds(), TimeUnit.SECONDS);
        }
        awaitNext();
    }

    /** Lets the scheduler wait for the next rotation itself: a clock that is moved past several stops at each of them. */
    private void awaitNext() {
        Optional<Instant> next = rotations.next().filter(time -> time.isAfter(clock.instant()));
        if (schedules != null && !closed && next.isPresent() && !next.equals(awaited)) {
            awaited = next;
            var unused = schedules.schedule(
                    this::rotateDueSafely,
                    Duration.between(clock.instant(), next.get()).toMillis() + 1,
                    TimeUnit.MILLISECONDS);
        }
    }

    /** Rotates due secrets; a failure must not cancel later runs. */
    private void rotateDueSafely() {
        try {
            rotateDue();
        } catch (RuntimeException unexpected) {
            LOG.error("rotating due secrets failed", unexpected);
        }
    }

    /** Starts the rotations that are due. The service does so at each one, and every ten seconds for a system clock that jumps. */
    void rotateDue() {
        synchronized (store) {
            rotations.rotateDue();
            store.save();
            awaitNext();
        }
    }

    /** Stops the schedules; rotations in progress continue. Idempotent. */
    @Override
    public void close() {
        synchronized (store) {
            closed = true;
            if (schedules != null) {
                schedules.shutdownNow();
            }
        }
    }

    /** Records a rotation if the function's last step has moved AWSCURRENT; otherwise no rotation has happened. */
    private void rotated(Secret secret, String version) {
        synchronized (store) {
            boolean current = secret.withLabel(Secret.CURRENT)
                    .filter(withLabel -> withLabel.id().equals(version))
                    .isPresent();
            if (current) {
                secret.rotation.lastRotated = store.now();
                awaitNext();
                if (secret.withLabel(Secret.PENDING)
                        .filter(withLabel -> withLabel.id().equals(version))
                        .isPresent()) {
                    secret.unlabel(Secret.PENDING, store.now());
                }
                store.save();
            }
        }
    }
}
