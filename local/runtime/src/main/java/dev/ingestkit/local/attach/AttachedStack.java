package dev.ingestkit.local.attach;

import dev.ingestkit.local.events.Arn;
import dev.ingestkit.local.events.Completions;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A stack that is deployed at an endpoint. Immutable.
 *
 * @param id its ARN
 * @param parameters values by name, without hidden ones
 * @param resources by logical id
 */
public record AttachedStack(Arn id, Map<String, String> parameters, Map<String, Resource> resources) {

    /** A resource as ListStackResources lists it. */
    public record Resource(String type, String physicalId) {}

    private static final long SECONDS_TO_ANSWER = 60;
    private static final String HIDDEN = "****";

    public AttachedStack {
        parameters = Map.copyOf(parameters);
        resources = Map.copyOf(resources);
    }

    /**
     * Looks up a stack; waits for the answers.
     *
     * @throws AttachException when the endpoint does not answer or has no such stack
     */
    public static AttachedStack find(AwsClient endpoint, String name) {
        XmlAnswer stack = xml(endpoint, form("DescribeStacks", name, ""))
                .child("DescribeStacksResult")
                .flatMap(result -> result.members("Stacks").stream().findFirst())
                .orElseThrow(() -> missing(endpoint, name));
        Map<String, String> parameters = new HashMap<>();
        for (XmlAnswer parameter : stack.members("Parameters")) {
            String value = parameter.text("ParameterValue");
            if (!value.equals(HIDDEN)) {
                parameters.put(parameter.text("ParameterKey"), value);
            }
        }
        return new AttachedStack(id(endpoint, stack.text("StackId")), parameters, resources(endpoint, name));
    }

    private static Map<String, Resource> resources(AwsClient endpoint, String name) {
        Map<String, Resource> resources = new LinkedHashMap<>();
        String next = "";
        do {
            XmlAnswer page = xml(endpoint, form("ListStackResources", name, next))
                    .child("ListStackResourcesResult")
                    .orElseThrow(() -> missing(endpoint, name));
            for (XmlAnswer resource : page.members("StackResourceSummaries")) {
                resources.put(
                        resource.text("LogicalResourceId"),
                        new Resource(resource.text("ResourceType"), resource.text("PhysicalResourceId")));
            }
            next = page.text("NextToken");
        } while (!next.isEmpty());
        return resources;
    }

    private static String form(String action, String stack, String next) {
        String form = "Action=%s&Version=2010-05-15&StackName=%s"
                .formatted(action, URLEncoder.encode(stack, StandardCharsets.UTF_8));
        return next.isEmpty() ? form : form + "&NextToken=" + URLEncoder.encode(next, StandardCharsets.UTF_8);
    }

    private static XmlAnswer xml(AwsClient endpoint, String form) {
        try {
            return XmlAnswer.parse(await(endpoint, endpoint.query("cloudformation", form)));
        } catch (IOException malformed) {
            throw new AttachException(
                    "the answer of %s is not one of AWS: %s".formatted(endpoint.endpoint(), malformed.getMessage()),
                    List.of("is it LocalStack, or another embedded runtime?"),
                    malformed);
        }
    }

    private static Arn id(AwsClient endpoint, String text) {
        return Arn.tryParse(text)
                .orElseThrow(() -> new AttachException(
                        "the stack id '%s' at %s is not an ARN".formatted(text, endpoint.endpoint()),
                        List.of("is it LocalStack, or another embedded runtime?"),
                        null));
    }

    private static AttachException missing(AwsClient endpoint, String name) {
        return new AttachException(
                "'%s' is not a stack at %s".formatted(name, endpoint.endpoint()),
                List.of("deploy it there first", "name another: --stack NAME"),
                null);
    }

    /** Waits for an answer that starting depends on. */
    static <T> T await(AwsClient endpoint, Future<T> answer) {
        try {
            return answer.get(SECONDS_TO_ANSWER, TimeUnit.SECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw unreachable(endpoint, interrupted);
        } catch (TimeoutException late) {
            throw unreachable(endpoint, late);
        } catch (ExecutionException failed) {
            Throwable cause = Completions.unwrap(failed);
            if (cause instanceof AwsErrorException refused) {
                throw new AttachException(
                        String.valueOf(refused.getMessage()),
                        List.of("is the stack deployed there? name it: --stack NAME"),
                        refused);
            }
            throw unreachable(endpoint, cause);
        }
    }

    private static AttachException unreachable(AwsClient endpoint, Throwable cause) {
        return new AttachException(
                "%s does not answer: %s".formatted(endpoint.endpoint(), cause),
                List.of("is it running? LocalStack: docker compose up -d --wait"),
                cause);
    }

    /** Returns the region in the stack's ARN. */
    public String region() {
        return id.region();
    }

    /** Returns the account in the stack's ARN, twelve digits. */
    public String accountId() {
        return id.account();
    }

    /** Returns the physical id of a resource, if it exists with this type. */
    public Optional<String> physicalId(String logicalId, String type) {
        return Optional.ofNullable(resources.get(logicalId))
                .filter(resource -> resource.type().equals(type))
                .map(Resource::physicalId)
                .filter(id -> !id.isEmpty());
    }
}
