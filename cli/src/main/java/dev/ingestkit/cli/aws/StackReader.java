package dev.ingestkit.cli.aws;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ingestkit.cli.output.CliException;
import dev.ingestkit.cli.output.ExitCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.cloudformation.model.CloudFormationException;
import software.amazon.awssdk.services.cloudformation.model.Output;
import software.amazon.awssdk.services.cloudformation.model.Stack;
import software.amazon.awssdk.services.cloudformation.model.StackStatus;
import software.amazon.awssdk.services.cloudformation.model.StackSummary;
import software.amazon.awssdk.services.lambda.model.GetEventSourceMappingResponse;

/**
 * Reads what a target knows of a stack: an embedded runtime by its status, all others by CloudFormation and Lambda. Each
 * answer is read on first use and kept. Not thread-safe.
 */
final class StackReader {

    private static final List<StackStatus> RUNNING =
            List.of(StackStatus.CREATE_COMPLETE, StackStatus.UPDATE_COMPLETE, StackStatus.UPDATE_ROLLBACK_COMPLETE);

    /** The number of stacks that an error names. */
    private static final int MAX_LISTED = 5;

    private final AwsClients clients;
    private final Target target;
    private @Nullable JsonNode status;
    private @Nullable Map<String, String> outputs;
    private @Nullable List<StackPart> parts;
    private @Nullable List<StackMapping> mappings;

    StackReader(AwsClients clients) {
        this.clients = requireNonNull(clients, "clients");
        this.target = clients.target();
    }

    /**
     * Returns the stack's outputs by name.
     *
     * @throws CliException with {@code ENVIRONMENT} when the stack does not exist or the endpoint does not answer
     */
    Map<String, String> outputs() {
        Map<String, String> known = outputs;
        if (known == null) {
            known = target.knownOutputs().isEmpty() ? readOutputs() : target.knownOutputs();
            outputs = known;
        }
        return known;
    }

    /** Returns the stack's resources, in the order in which the target lists them. */
    List<StackPart> parts() {
        List<StackPart> known = parts;
        if (known == null) {
            known = embedded().map(StackReader::partsIn).orElseGet(this::listParts);
            parts = known;
        }
        return known;
    }

    /** Returns the stack's event source mappings. */
    List<StackMapping> mappings() {
        List<StackMapping> known = mappings;
        if (known == null) {
            known = embedded().map(StackReader::mappingsIn).orElseGet(this::describeMappings);
            mappings = known;
        }
        return known;
    }

    private Optional<JsonNode> embedded() {
        if (target.kind() != Target.Kind.EMBEDDED || target.endpoint().isEmpty()) {
            return Optional.empty();
        }
        JsonNode known = status;
        if (known == null) {
            known = new ControlClient(target.endpoint().get()).status();
            status = known;
        }
        return Optional.of(known);
    }

    private static List<StackPart> partsIn(JsonNode status) {
        List<StackPart> found = new ArrayList<>();
        for (JsonNode part : status.path("resources")) {
            found.add(new StackPart(
                    part.path("logicalId").asText(),
                    part.path("type").asText(),
                    part.path("physicalId").asText()));
        }
        return found;
    }

    private static List<StackMapping> mappingsIn(JsonNode status) {
        List<StackMapping> found = new ArrayList<>();
        for (JsonNode mapping : status.path("mappings")) {
            found.add(new StackMapping(
                    mapping.path("uuid").asText(),
                    mapping.path("source").asText(),
                    mapping.path("function").asText(),
                    Optional.ofNullable(mapping.path("onFailure").asText(null))));
        }
        return found;
    }

    private Map<String, String> readOutputs() {
        Map<String, String> found = new TreeMap<>();
        Optional<JsonNode> running = embedded();
        if (running.isPresent()) {
            running.get()
                    .path("outputs")
                    .properties()
                    .forEach(output ->
                            found.put(output.getKey(), output.getValue().asText()));
            return found;
        }
        for (Output output : stack().outputs()) {
            found.put(output.outputKey(), output.outputValue());
        }
        return found;
    }

    private Stack stack() {
        try {
            return clients
                    .cloudFormation()
                    .describeStacks(request -> request.stackName(target.stack()))
                    .stacks()
                    .stream()
                    .findFirst()
                    .orElseThrow(() -> new CliException(
                                    "UNREACHABLE", ExitCode.ENVIRONMENT, "no stack found at " + target.describe())
                            .because("the response to DescribeStacks is empty", null)
                            .hint("check the endpoint: ingest-cli doctor"));
        } catch (CloudFormationException refused) {
            String code = refused.awsErrorDetails() == null
                    ? ""
                    : String.valueOf(refused.awsErrorDetails().errorCode());
            if (!code.equals("ValidationError")) {
                throw SdkFailures.of("STACK", "the stack at " + target.describe(), refused);
            }
            throw notFound(refused);
        } catch (SdkException unreachable) {
            throw unreachable(unreachable);
        }
    }

    private CliException notFound(CloudFormationException refused) {
        CliException failure = new CliException(
                        "STACK_NOT_FOUND", ExitCode.ENVIRONMENT, "stack not found at " + target.describe())
                .because(refused.awsErrorDetails().errorMessage(), refused);
        List<String> stacks = stacks(failure);
        return (stacks.isEmpty()
                        ? failure.hint("name it: --stack NAME")
                        : failure.hint("name one: --stack " + String.join(", --stack ", stacks)))
                .hint("or start one: ingest-cli up");
    }

    /** Returns the names of some stacks that exist. A refusal must not hide the error that they are listed for. */
    private List<String> stacks(CliException failure) {
        try {
            return clients
                    .cloudFormation()
                    .listStacks(request -> request.stackStatusFilters(RUNNING))
                    .stackSummaries()
                    .stream()
                    .map(StackSummary::stackName)
                    .limit(MAX_LISTED)
                    .toList();
        } catch (SdkException denied) {
            failure.addSuppressed(denied);
            return List.of();
        }
    }

    private List<StackPart> listParts() {
        try {
            List<StackPart> found = new ArrayList<>();
            clients.cloudFormation()
                    .listStackResourcesPaginator(request -> request.stackName(target.stack()))
                    .stackResourceSummaries()
                    .forEach(part -> found.add(new StackPart(
                            part.logicalResourceId(),
                            part.resourceType(),
                            part.physicalResourceId() == null ? "" : part.physicalResourceId())));
            return found;
        } catch (SdkException refused) {
            throw SdkFailures.of("STACK", "the resources of the stack at " + target.describe(), refused);
        }
    }

    private List<StackMapping> describeMappings() {
        List<StackMapping> found = new ArrayList<>();
        for (StackPart part : parts()) {
            if (ResourceKind.MAPPING.includes(part.type())) {
                try {
                    found.add(mapping(
                            clients.lambda().getEventSourceMapping(request -> request.uuid(part.physicalId()))));
                } catch (SdkException refused) {
                    throw SdkFailures.of("MAPPING", "the event source mapping '" + part.logicalId() + "'", refused);
                }
            }
        }
        return found;
    }

    private static StackMapping mapping(GetEventSourceMappingResponse mapping) {
        Optional<String> onFailure = Optional.ofNullable(mapping.destinationConfig())
                .map(destinations -> destinations.onFailure())
                .map(failure -> failure.destination());
        return new StackMapping(
                mapping.uuid(),
                mapping.eventSourceArn() == null ? "" : mapping.eventSourceArn(),
                mapping.functionArn() == null ? "" : mapping.functionArn(),
                onFailure);
    }

    private CliException unreachable(SdkException failed) {
        CliException failure = SdkFailures.of("STACK", "the stack at " + target.describe(), failed);
        return target.origin().equals("AWS_ENDPOINT_URL")
                ? failure.hint("AWS_ENDPOINT_URL names this endpoint; if the runtime there has stopped, unset it:"
                        + " eval \"$(ingest-cli env --unset)\"")
                : failure;
    }
}
