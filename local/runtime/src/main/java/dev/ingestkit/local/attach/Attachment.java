package dev.ingestkit.local.attach;

import static java.util.Objects.requireNonNull;

import dev.ingestkit.local.faults.FaultStage;
import dev.ingestkit.local.template.spec.RuntimeNames;
import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * A stack at another endpoint whose stream, table, queue and secret a runtime works on. Immutable.
 *
 * @param stateDirectory the directory for checkpoints
 * @param besideMapping whether a mapping at the endpoint may deliver the same records to the same function
 */
public record Attachment(AwsClient endpoint, AttachedStack stack, Path stateDirectory, boolean besideMapping) {

    /** The types that keep their names: the data, and the functions that mappings there may name. */
    private static final Set<String> KEPT = Set.of(
            "AWS::Kinesis::Stream",
            "AWS::Kinesis::StreamConsumer",
            "AWS::DynamoDB::Table",
            "AWS::SQS::Queue",
            "AWS::S3::Bucket",
            "AWS::SecretsManager::Secret",
            "AWS::Lambda::Function");

    public Attachment {
        requireNonNull(endpoint, "endpoint");
        requireNonNull(stack, "stack");
        requireNonNull(stateDirectory, "stateDirectory");
    }

    /**
     * Looks up the stack; waits for the endpoint's answer.
     *
     * @param region the region to search
     * @throws AttachException when the endpoint cannot be used, does not answer, or has no such stack
     */
    public static Attachment to(URI endpoint, String stackName, String region, Path stateDirectory, boolean beside) {
        requireUsable(endpoint);
        AwsClient client = new AwsClient(endpoint, region, Clock.systemUTC(), new SecureRandom());
        return new Attachment(client, AttachedStack.find(client, stackName), stateDirectory, beside);
    }

    private static void requireUsable(URI endpoint) {
        String scheme = String.valueOf(endpoint.getScheme()).toLowerCase(Locale.ROOT);
        String host = endpoint.getHost();
        if (host == null || !(scheme.equals("http") || scheme.equals("https"))) {
            throw new AttachException(
                    "'%s' is not a valid endpoint URL".formatted(endpoint),
                    List.of("--attach http://localhost:4566"),
                    null);
        }
        if (host.matches("(?i).*\\.amazonaws\\.com(\\.cn)?")) {
            throw new AttachException(
                    "attaching to AWS itself is not supported: %s requires signed calls".formatted(host),
                    List.of("attach to LocalStack or to another embedded runtime"),
                    null);
        }
    }

    public URI uri() {
        return endpoint.endpoint();
    }

    /** Returns the names to resolve a template with: the endpoint's region and account. */
    public RuntimeNames names(String stackName, URI local) {
        return new RuntimeNames(stackName, stack.region(), stack.accountId(), local);
    }

    /**
     * Returns the parameter values that the stack was deployed with, if the template still has the parameters,
     * overridden by given ones.
     */
    public Map<String, String> parameters(Set<String> declared, Map<String, String> given) {
        Map<String, String> values = new HashMap<>(stack.parameters());
        values.keySet().retainAll(declared);
        values.putAll(given);
        return values;
    }

    /** Returns the physical ids of resources that keep their names, by logical id. */
    public Map<String, String> deployed() {
        Map<String, String> ids = new HashMap<>();
        stack.resources().forEach((logicalId, resource) -> {
            if (KEPT.contains(resource.type()) && !resource.physicalId().isEmpty()) {
                ids.put(logicalId, resource.physicalId());
            }
        });
        return ids;
    }

    /** Returns whether the other endpoint does the work of a stage. */
    public static boolean forwards(FaultStage stage) {
        return switch (stage) {
            case KINESIS_PUT, KINESIS_GET, DYNAMODB, SQS, SECRET -> true;
            case GATEWAY, FUNCTION_START, FUNCTION_INVOKE -> false;
        };
    }
}
