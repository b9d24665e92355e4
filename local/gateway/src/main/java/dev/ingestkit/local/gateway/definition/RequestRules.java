package dev.ingestkit.local.gateway.definition;

import com.fasterxml.jackson.databind.node.TextNode;
import dev.ingestkit.local.gateway.document.Located;
import dev.ingestkit.local.gateway.expression.ParameterSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads the checks of a method's request validator: required parameters and the body's models. */
final class RequestRules {

    private static final String VALIDATOR = "x-amazon-apigateway-request-validator";

    /** The checks of a method; empty if the method has no validator for them. */
    record Checks(List<MethodDefinition.RequiredParameter> parameters, Map<String, BodyModel> models) {}

    private final Located root;

    RequestRules(Located root) {
        this.root = root;
    }

    Checks of(Located item, Located method) {
        Located named = method.get(VALIDATOR).present() ? method.get(VALIDATOR) : root.get(VALIDATOR);
        if (!named.present()) {
            return new Checks(List.of(), Map.of());
        }
        Located validator = root.get(VALIDATOR + "s").get(named.requiredText());
        if (!validator.present()) {
            throw named.problem(
                    "names a validator that %ss does not have: %s".formatted(VALIDATOR, named.requiredText()));
        }
        List<MethodDefinition.RequiredParameter> parameters =
                validator.get("validateRequestParameters").isTrue() ? parameters(item, method) : List.of();
        Map<String, BodyModel> models = validator.get("validateRequestBody").isTrue() ? models(item, method) : Map.of();
        return new Checks(parameters, models);
    }

    private List<MethodDefinition.RequiredParameter> parameters(Located item, Located method) {
        List<MethodDefinition.RequiredParameter> required = new ArrayList<>();
        for (Located parameter : declared(item, method)) {
            if (parameter.get("required").isTrue()) {
                source(parameter)
                        .ifPresent(source -> required.add(new MethodDefinition.RequiredParameter(
                                parameter.get("name").requiredText(), source)));
            }
        }
        return List.copyOf(required);
    }

    private List<Located> declared(Located item, Located method) {
        List<Located> all = new ArrayList<>(item.get("parameters").items());
        all.addAll(method.get("parameters").items());
        return all.stream().map(this::resolved).toList();
    }

    private static Optional<ParameterSource> source(Located parameter) {
        String name = parameter.get("name").requiredText();
        return switch (parameter.get("in").requiredText()) {
            case "path" -> Optional.of(expression(parameter, "path." + name));
            case "query" -> Optional.of(expression(parameter, "querystring." + name));
            case "header" -> Optional.of(expression(parameter, "header." + name));
            case "body", "formData", "cookie" -> Optional.empty();
            default -> throw parameter.get("in").problem("must be path, query, header, cookie, body or formData");
        };
    }

    private static ParameterSource expression(Located at, String rest) {
        return ParameterSource.parse(new Located(TextNode.valueOf("method.request." + rest), at.path()));
    }

    private Map<String, BodyModel> models(Located item, Located method) {
        Map<String, BodyModel> models = new LinkedHashMap<>();
        resolved(method.get("requestBody")).get("content").fields().forEach((type, content) -> {
            if (content.get("schema").present()) {
                models.put(MediaTypes.bare(type), BodyModel.parse(content.get("schema"), root.node()));
            }
        });
        for (Located parameter : declared(item, method)) {
            if (parameter.get("in").text().filter("body"::equals).isPresent()) {
                BodyModel model = BodyModel.parse(parameter.get("schema"), root.node());
                consumed(method).forEach(type -> models.put(type, model));
            }
        }
        return Map.copyOf(models);
    }

    private List<String> consumed(Located method) {
        Located consumes = method.get("consumes").present() ? method.get("consumes") : root.get("consumes");
        List<String> types = consumes.items().stream()
                .map(type -> MediaTypes.bare(type.requiredText()))
                .toList();
        return types.isEmpty() ? List.of(MediaTypes.JSON) : types;
    }

    private Located resolved(Located at) {
        Optional<String> reference = at.get("$ref").text();
        if (reference.isEmpty()) {
            return at;
        }
        String pointer = reference.get();
        if (!pointer.startsWith("#/") || root.node().at(pointer.substring(1)).isMissingNode()) {
            throw at.problem("refers to a part that is not in this API: " + pointer);
        }
        return new Located(
                root.node().at(pointer.substring(1)), "$" + pointer.substring(1).replace('/', '.'));
    }
}
