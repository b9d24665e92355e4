package dev.ingestkit.local.cloudformation;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ingestkit.local.protocol.AwsInput;
import dev.ingestkit.local.protocol.AwsOutput;
import dev.ingestkit.local.protocol.AwsService;
import dev.ingestkit.local.protocol.QueryDialect;
import dev.ingestkit.local.protocol.ServiceException;
import dev.ingestkit.local.protocol.ServiceRequest;
import dev.ingestkit.local.protocol.ServiceResponse;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/**
 * CloudFormation's read actions for the one stack of a runtime, so that clients find outputs and names as on AWS.
 * Starting the runtime creates the stack, so actions that change stacks are not supported. Thread-safe.
 *
 * @see <a href="https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/Welcome.html">CloudFormation API
 *     Reference</a>
 */
public final class CloudFormationService implements AwsService {

    private static final QueryDialect DIALECT =
            QueryDialect.plain("http://cloudformation.amazonaws.com/doc/2010-05-15/");
    private static final String COMPLETE = "CREATE_COMPLETE";

    private final StackDescription stack;

    /**
     * Creates the service.
     *
     * @param stack the stack to describe
     */
    public CloudFormationService(StackDescription stack) {
        this.stack = requireNonNull(stack, "stack");
    }

    @Override
    public String name() {
        return "cloudformation";
    }

    @Override
    public Set<String> actions() {
        return Set.of(
                "DescribeStacks",
                "ListStacks",
                "ListStackResources",
                "DescribeStackResources",
                "DescribeStackResource",
                "DescribeStackEvents",
                "GetTemplate",
                "ListExports");
    }

    @Override
    public QueryDialect queryDialect() {
        return DIALECT;
    }

    @Override
    public CompletionStage<ServiceResponse> handle(ServiceRequest request) {
        return ServiceResponse.completed(() -> response(request));
    }

    private JsonNode response(ServiceRequest request) {
        AwsInput input = AwsInput.of(request);
        return switch (request.action()) {
            case "DescribeStacks" -> describeStacks(input);
            case "ListStacks" -> listStacks(input);
            case "ListStackResources" -> listStackResources(input);
            case "DescribeStackResources" -> describeStackResources(input);
            case "DescribeStackResource" -> describeStackResource(input);
            case "DescribeStackEvents" -> describeStackEvents(input);
            case "GetTemplate" -> getTemplate(input);
            case "ListExports" -> listExports();
            default -> throw ServiceException.notImplemented("cloudformation", request.action());
        };
    }

    private JsonNode describeStacks(AwsInput input) {
        input.string("StackName").ifPresent(this::requireStack);
        ObjectNode response = AwsOutput.object();
        ObjectNode described = response.putArray("Stacks").addObject();
        described
                .put("StackId", stack.id().toString())
                .put("StackName", stack.name())
                .put("StackStatus", COMPLETE)
                .put("DisableRollback", false)
                .put("EnableTerminationProtection", false);
        if (!stack.description().isEmpty()) {
            described.put("Description", stack.description());
        }
        described.set("CreationTime", AwsOutput.timestamp(stack.created()));
        described.putArray("Capabilities").add("CAPABILITY_IAM");
        ArrayNode parameters = described.putArray("Parameters");
        for (StackDescription.Parameter parameter : stack.parameters()) {
            parameters.addObject().put("ParameterKey", parameter.name()).put("ParameterValue", parameter.value());
        }
        ArrayNode outputs = described.putArray("Outputs");
        stack.outputs().forEach(output -> output(output, outputs.addObject()));
        return response;
    }

    private static void output(StackDescription.Output output, ObjectNode into) {
        into.put("OutputKey", output.name()).put("OutputValue", output.value());
        output.description().ifPresent(text -> into.put("Description", text));
        output.exportName().ifPresent(name -> into.put("ExportName", name));
    }

    private JsonNode listStacks(AwsInput input) {
        ObjectNode response = AwsOutput.object();
        ArrayNode summaries = response.putArray("StackSummaries");
        List<String> filter = input.strings("StackStatusFilter");
        if (filter.isEmpty() || filter.contains(COMPLETE)) {
            ObjectNode summary = summaries.addObject();
            summary.put("StackId", stack.id().toString())
                    .put("StackName", stack.name())
                    .put("StackStatus", COMPLETE);
            summary.set("CreationTime", AwsOutput.timestamp(stack.created()));
        }
        return response;
    }

    private JsonNode listStackResources(AwsInput input) {
        requireStack(required(input, "StackName"));
        ObjectNode response = AwsOutput.object();
        ArrayNode summaries = response.putArray("StackResourceSummaries");
        for (StackDescription.Resource resource : stack.resources()) {
            ObjectNode summary = resource(resource, summaries.addObject());
            summary.set("LastUpdatedTimestamp", AwsOutput.timestamp(stack.created()));
        }
        return response;
    }

    private JsonNode describeStackResources(AwsInput input) {
        Optional<String> physicalId = input.string("PhysicalResourceId");
        if (physicalId.isEmpty()) {
            requireStack(required(input, "StackName"));
        }
        Optional<String> logicalId = input.string("LogicalResourceId");
        List<StackDescription.Resource> found = stack.resources().stream()
                .filter(resource -> physicalId
                        .filter(id -> !id.equals(resource.physicalId()))
                        .isEmpty())
                .filter(resource ->
                        logicalId.filter(id -> !id.equals(resource.logicalId())).isEmpty())
                .toList();
        if (found.isEmpty() && physicalId.isPresent()) {
            throw ServiceException.badRequest(
                    "ValidationError", "Stack for %s does not exist".formatted(physicalId.get()));
        }
        ObjectNode response = AwsOutput.object();
        ArrayNode resources = response.putArray("StackResources");
        for (StackDescription.Resource resource : found) {
            ObjectNode node = resource(resource, resources.addObject());
            node.put("StackId", stack.id().toString()).put("StackName", stack.name());
            node.set("Timestamp", AwsOutput.timestamp(stack.created()));
        }
        return response;
    }

    private JsonNode describeStackResource(AwsInput input) {
        requireStack(required(input, "StackName"));
        String id = required(input, "LogicalResourceId");
        StackDescription.Resource found = stack.resources().stream()
                .filter(resource -> resource.logicalId().equals(id))
                .findFirst()
                .orElseThrow(() -> ServiceException.badRequest(
                        "ValidationError", "Resource %s does not exist for stack %s".formatted(id, stack.name())));
        ObjectNode response = AwsOutput.object();
        ObjectNode detail = resource(found, response.putObject("StackResourceDetail"));
        detail.put("StackId", stack.id().toString()).put("StackName", stack.name());
        detail.set("LastUpdatedTimestamp", AwsOutput.timestamp(stack.created()));
        return response;
    }

    private static ObjectNode resource(StackDescription.Resource resource, ObjectNode into) {
        return into.put("LogicalResourceId", resource.logicalId())
                .put("PhysicalResourceId", resource.physicalId())
                .put("ResourceType", resource.type())
                .put("ResourceStatus", COMPLETE);
    }

    /** Newest first, as on AWS: the stack itself, then its resources from last to first. */
    private JsonNode describeStackEvents(AwsInput input) {
        requireStack(required(input, "StackName"));
        ObjectNode response = AwsOutput.object();
        ArrayNode events = response.putArray("StackEvents");
        event(
                new StackDescription.Resource(
                        stack.name(), "AWS::CloudFormation::Stack", stack.id().toString()),
                events);
        for (int index = stack.resources().size() - 1; index >= 0; index--) {
            event(stack.resources().get(index), events);
        }
        return response;
    }

    private void event(StackDescription.Resource resource, ArrayNode events) {
        ObjectNode event = resource(resource, events.addObject());
        event.put("StackId", stack.id().toString())
                .put("StackName", stack.name())
                .put(
                        "EventId",
                        "%s-%s-%d"
                                .formatted(
                                        resource.logicalId(),
                                        COMPLETE,
                                        stack.created().toEpochMilli()));
        event.set("Timestamp", AwsOutput.timestamp(stack.created()));
    }

    private JsonNode getTemplate(AwsInput input) {
        requireStack(required(input, "StackName"));
        String stage = input.string("TemplateStage").orElse("Original");
        if (!stage.toLowerCase(Locale.ROOT).equals("original")) {
            throw ServiceException.badRequest(
                    "ValidationError", "The embedded runtime keeps only the template stage Original, not " + stage);
        }
        ObjectNode response = AwsOutput.object().put("TemplateBody", stack.templateBody());
        response.putArray("StagesAvailable").add("Original");
        return response;
    }

    private JsonNode listExports() {
        ObjectNode response = AwsOutput.object();
        ArrayNode exports = response.putArray("Exports");
        for (StackDescription.Output output : stack.outputs()) {
            output.exportName()
                    .ifPresent(name -> exports.addObject()
                            .put("ExportingStackId", stack.id().toString())
                            .put("Name", name)
                            .put("Value", output.value()));
        }
        return response;
    }

    private void requireStack(String nameOrId) {
        if (!nameOrId.equals(stack.name()) && !nameOrId.equals(stack.id().toString())) {
            throw ServiceException.badRequest("ValidationError", "Stack with id %s does not exist".formatted(nameOrId));
        }
    }

    private static String required(AwsInput input, String name) {
        return input.string(name)
                .orElseThrow(() -> ServiceException.badRequest("ValidationError", name + " must be specified."));
    }
}
