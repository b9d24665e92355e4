package dev.ingestkit.cli.compare;

import static java.util.Objects.requireNonNull;

import dev.ingestkit.cli.aws.AwsClients;
import dev.ingestkit.cli.aws.ResourceKind;
import dev.ingestkit.cli.aws.SignedCalls;
import dev.ingestkit.cli.aws.StackPart;
import dev.ingestkit.cli.aws.StackResources;
import dev.ingestkit.local.events.Json;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Reads the documents of a stack's deployed APIs by API Gateway's export actions. Resources of the stack are named by
 * their logical ids, since their names differ from deployment to deployment. Not thread-safe.
 */
final class ApiDocuments {

    private static final String HTTP_API = "AWS::ApiGatewayV2::Api";
    private static final String REST_STAGE = "AWS::ApiGateway::Stage";
    private static final Map<String, String> JSON = Map.of("Accept", "application/json");

    /** Shorter names are not replaced, since they may be part of any word. */
    private static final int MIN_NAME = 4;

    private final SignedCalls calls;
    private final StackResources stack;

    ApiDocuments(AwsClients clients, StackResources stack) {
        this.calls = requireNonNull(clients, "clients").signedCalls();
        this.stack = requireNonNull(stack, "stack");
    }

    /** Returns the parts of an API's document by path; of an API whose document cannot be read only the reason. */
    Map<String, String> facts(StackPart api) {
        Optional<String> path = path(api);
        if (path.isEmpty()) {
            return Map.of("document", "not deployed: the stack has no stage for it");
        }
        SignedCalls.Answer answer = calls.send("apigateway", "GET", path.get(), JSON, new byte[0]);
        if (answer.status() != 200) {
            return Map.of("document", "not readable: HTTP " + answer.status());
        }
        try {
            Map<String, String> facts = new TreeMap<>();
            new ApiDocument(Json.mapper().readTree(answer.body()))
                    .facts()
                    .forEach((part, value) -> facts.put(part, named(value)));
            return facts;
        } catch (IOException notJson) {
            return Map.of("document", "not readable: the export is not JSON");
        }
    }

    private Optional<String> path(StackPart api) {
        if (api.type().equals(HTTP_API)) {
            return Optional.of("/v2/apis/%s/exports/OAS30?includeExtensions=true".formatted(api.physicalId()));
        }
        return stage(api)
                .map(stage -> "/restapis/%s/stages/%s/exports/oas30?extensions=apigateway"
                        .formatted(api.physicalId(), stage));
    }

    /** Returns the stage whose logical id begins like the API's, as SAM names it, otherwise the stack's first. */
    private Optional<String> stage(StackPart api) {
        List<StackPart> stages = stack.all(ResourceKind.STAGE).stream()
                .filter(stage -> stage.type().equals(REST_STAGE))
                .toList();
        return stages.stream()
                .filter(stage -> stage.logicalId().startsWith(api.logicalId()))
                .findFirst()
                .or(() -> stages.stream().findFirst())
                .map(StackPart::physicalId);
    }

    private String named(String value) {
        String named = value;
        for (ResourceKind kind : ResourceKind.values()) {
            for (StackPart part : stack.all(kind)) {
                if (part.name().length() >= MIN_NAME) {
                    named = named.replace(part.name(), "{" + part.logicalId() + "}");
                }
            }
        }
        return named;
    }
}
