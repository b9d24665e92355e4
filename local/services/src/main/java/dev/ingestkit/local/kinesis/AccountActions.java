package dev.ingestkit.local.kinesis;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ingestkit.local.events.Json;
import dev.ingestkit.local.protocol.AwsInput;
import dev.ingestkit.local.protocol.AwsOutput;
import dev.ingestkit.local.protocol.Constraints;
import dev.ingestkit.local.protocol.ServiceRequest;
import dev.ingestkit.local.protocol.ServiceResponse;
import java.util.List;
import java.util.Optional;

/** Account settings and resource policies: validated, stored and returned, without effect. Thread-safe. */
final class AccountActions {

    private final StreamRegistry registry;
    private final Resources resources;
    private final StreamStorage storage;
    private volatile Commitment commitment;

    AccountActions(StreamRegistry registry, Resources resources, StreamStorage storage) {
        this.registry = requireNonNull(registry, "registry");
        this.resources = requireNonNull(resources, "resources");
        this.storage = requireNonNull(storage, "storage");
        this.commitment = storage.commitment();
    }

    ServiceResponse describe(ServiceRequest request) {
        ObjectNode response = AwsOutput.object();
        response.set("MinimumThroughputBillingCommitment", commitment.describe(registry.now()));
        return ServiceResponse.of(response);
    }

    ServiceResponse update(ServiceRequest request) {
        AwsInput input = AwsInput.of(request);
        Optional<AwsInput> wanted = input.object("MinimumThroughputBillingCommitment");
        Optional<String> status = wanted.flatMap(member -> member.string("Status"));
        new Constraints()
                .required("MinimumThroughputBillingCommitment", wanted.isPresent())
                .required("MinimumThroughputBillingCommitment.status", wanted.isEmpty() || status.isPresent())
                .oneOf("MinimumThroughputBillingCommitment.status", status, List.of("ENABLED", "DISABLED"))
                .check();
        apply(status.orElseThrow().equals("ENABLED"));
        return describe(request);
    }

    private synchronized void apply(boolean enabled) {
        Commitment next = commitment.with(enabled, registry.now());
        storage.save(next);
        commitment = next;
    }

    ServiceResponse putPolicy(ServiceRequest request) {
        AwsInput input = AwsInput.of(request);
        Optional<String> policy = input.string("Policy");
        new Constraints().required("Policy", policy.isPresent()).check();
        Resources.Resource resource = resources.locate(input);
        requireDocument(policy.orElseThrow());
        resource.stream().settings().policy(resource.arn(), policy.orElseThrow());
        return ServiceResponse.empty();
    }

    private static void requireDocument(String policy) {
        try {
            JsonNode document = Json.mapper().readTree(policy);
            if (document.isObject() && document.has("Statement")) {
                return;
            }
        } catch (JacksonException malformed) {
            throw KinesisErrors.invalidArgument("The policy is not JSON: " + malformed.getOriginalMessage());
        }
        throw KinesisErrors.invalidArgument("The policy must be an object with a Statement.");
    }

    ServiceResponse getPolicy(ServiceRequest request) {
        Resources.Resource resource = resources.locate(AwsInput.of(request));
        String policy = resource.stream().settings().policy(resource.arn()).orElse("{}");
        ObjectNode response = AwsOutput.object();
        response.put("Policy", policy);
        return ServiceResponse.of(response);
    }

    ServiceResponse deletePolicy(ServiceRequest request) {
        Resources.Resource resource = resources.locate(AwsInput.of(request));
        if (!resource.stream().settings().removePolicy(resource.arn())) {
            throw KinesisErrors.notFound("No resource policy found for %s.".formatted(resource.arn()));
        }
        return ServiceResponse.empty();
    }
}
