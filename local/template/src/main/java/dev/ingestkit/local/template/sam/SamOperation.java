package dev.ingestkit.local.template.sam;

import dev.ingestkit.local.template.model.Nodes;
import dev.ingestkit.local.template.model.Properties;
import dev.ingestkit.local.template.model.TemplateNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The method of an API's document that SAM writes for one event of a function. */
final class SamOperation {

    private static final String PREFIX = "x-amazon-apigateway-";
    private static final Pattern PARAMETER = Pattern.compile("method\\.request\\.(querystring|path|header)\\.(.+)");

    private final SamApis.Route route;
    private final SamEvent event;
    private final Properties properties;
    private final Nodes nodes;
    private final boolean isOpenApi3;
    private final Map<String, TemplateNode> operation = new LinkedHashMap<>();
    private final Map<String, TemplateNode> integration = new LinkedHashMap<>();

    /** @param isOpenApi3 whether the document is in OpenAPI 3, not Swagger 2 */
    SamOperation(SamApis.Route route, boolean isOpenApi3) {
        this.route = route;
        this.event = route.event();
        this.properties = event.properties();
        this.nodes = event.nodes();
        this.isOpenApi3 = isOpenApi3;
    }

    /** Returns the method's name in the document. */
    String method() {
        return route.method().equals("any") ? PREFIX + "any-method" : route.method();
    }

    /**
     * Returns the method.
     *
     * @param api the properties of the serverless API
     * @param validators receives the request validator that the method needs
     */
    TemplateNode make(Properties api, Map<String, TemplateNode> validators) {
        integration.put("type", nodes.text("aws_proxy"));
        integration.put("httpMethod", nodes.text("POST"));
        integration.put("uri", uri());
        properties.node("TimeoutInMillis").ifPresent(timeout -> integration.put("timeoutInMillis", timeout));
        properties.object("Auth").ifPresent(auth -> security(auth, api));
        List<TemplateNode> parameters = new ArrayList<>();
        properties.object("RequestModel").ifPresent(model -> model(model, api, parameters, validators));
        properties.list("RequestParameters").forEach(parameter -> parameters.add(parameter(parameter)));
        if (!parameters.isEmpty()) {
            operation.put("parameters", new TemplateNode.Sequence(nodes.at(), parameters));
        }
        operation.put(PREFIX + "integration", new TemplateNode.Mapping(nodes.at(), integration));
        operation.put("responses", TemplateNode.Mapping.empty(nodes.at()));
        return new TemplateNode.Mapping(nodes.at(), operation);
    }

    private TemplateNode uri() {
        String target = event.target() instanceof TemplateNode.Call call ? Properties.text(call.argument()) : "";
        String arn = target.equals(event.function().logicalId()) ? target + ".Arn" : target;
        return new TemplateNode.Call(
                nodes.at(),
                "Fn::Sub",
                nodes.text("arn:${AWS::Partition}:apigateway:${AWS::Region}:lambda:path/2015-03-31/functions/${" + arn
                        + "}/invocations"));
    }

    private void security(Properties auth, Properties api) {
        List<TemplateNode> security = new ArrayList<>();
        auth.text("Authorizer").ifPresent(name -> {
            requireAuthorizer(name, api);
            TemplateNode scopes = auth.node("AuthorizationScopes")
                    .or(() -> api.object("Auth")
                            .flatMap(all -> all.object("Authorizers"))
                            .flatMap(all -> all.object(name))
                            .flatMap(authorizer -> authorizer.node("AuthorizationScopes")))
                    .orElseGet(nodes::list);
            // NONE stays until the API's default authorizer is applied, which it keeps away.
            security.add(nodes.map(name, scopes));
            operation.put("security", new TemplateNode.Sequence(nodes.at(), security));
        });
        if (auth.flag("ApiKeyRequired").orElse(false)) {
            security.add(nodes.map("api_key", nodes.list()));
            operation.put("security", new TemplateNode.Sequence(nodes.at(), security));
        }
    }

    private void requireAuthorizer(String name, Properties api) {
        Properties auth = api.object("Auth").orElseGet(() -> new Properties(TemplateNode.Mapping.empty(nodes.at())));
        if (name.equals("NONE")) {
            if (auth.node("DefaultAuthorizer").isEmpty()) {
                throw event.refused(("Unable to set Authorizer on API method [%s] for path [%s] because 'NONE' is only"
                                + " a valid value when a DefaultAuthorizer on the API is specified.")
                        .formatted(route.method(), route.path()));
            }
        } else if (!name.equals("AWS_IAM")) {
            Properties authorizers = auth.object("Authorizers")
                    .orElseThrow(() -> event.refused(("Unable to set Authorizer [%s] on API method [%s] for path [%s]"
                                    + " because the related API does not define any Authorizers.")
                            .formatted(name, route.method(), route.path())));
            if (!authorizers.node().has(name)) {
                throw event.refused(("Unable to set Authorizer [%s] on API method [%s] for path [%s] because it wasn't"
                                + " defined in the API's Authorizers.")
                        .formatted(name, route.method(), route.path()));
            }
        }
    }

    private void model(
            Properties model, Properties api, List<TemplateNode> parameters, Map<String, TemplateNode> validators) {
        String name = model.requiredText("Model");
        boolean isDefined =
                api.object("Models").filter(models -> models.node().has(name)).isPresent();
        if (!isDefined) {
            throw event.refused("Unable to set RequestModel [%s] on API method [%s] for path [%s] because %s"
                    .formatted(
                            name,
                            route.method(),
                            route.path(),
                            api.node("Models").isPresent()
                                    ? "it wasn't defined in the API's Models."
                                    : "the related API does not define any Models."));
        }
        body(name.toLowerCase(Locale.ROOT), model, parameters);
        if (model.node("ValidateBody").isPresent()
                || model.node("ValidateParameters").isPresent()) {
            validator(
                    model.flag("ValidateBody").orElse(false),
                    model.flag("ValidateParameters").orElse(false),
                    validators);
        }
    }

    private void body(String name, Properties model, List<TemplateNode> parameters) {
        Map<String, TemplateNode> body = new LinkedHashMap<>();
        if (isOpenApi3) {
            TemplateNode schema = nodes.map("$ref", nodes.text("#/components/schemas/" + name));
            body.put("content", nodes.map("application/json", nodes.map("schema", schema)));
        } else {
            body.put("in", nodes.text("body"));
            body.put("name", nodes.text(name));
            body.put("schema", nodes.map("$ref", nodes.text("#/definitions/" + name)));
        }
        model.node("Required").ifPresent(required -> body.put("required", required));
        TemplateNode made = new TemplateNode.Mapping(nodes.at(), body);
        if (isOpenApi3) {
            operation.put("requestBody", made);
        } else {
            parameters.add(made);
        }
    }

    private void validator(boolean body, boolean parameters, Map<String, TemplateNode> validators) {
        String name = body && parameters
                ? "body-and-params"
                : body ? "body-only" : parameters ? "params-only" : "no-validation";
        validators.put(
                name,
                nodes.map(
                        "validateRequestBody", nodes.flag(body),
                        "validateRequestParameters", nodes.flag(parameters)));
        operation.put(PREFIX + "request-validator", nodes.text(name));
    }

    private TemplateNode parameter(TemplateNode declared) {
        String name = declared instanceof TemplateNode.Mapping mapping
                        && !mapping.entries().isEmpty()
                ? mapping.entries().keySet().iterator().next()
                : Properties.text(declared);
        Matcher parts = PARAMETER.matcher(name);
        if (!parts.matches()) {
            throw event.refused("Invalid value for 'RequestParameters' property. Keys must be in the format "
                    + "'method.request.[querystring|path|header].{value}', e.g 'method.request.header.Authorization'.");
        }
        boolean required = declared instanceof TemplateNode.Mapping mapping
                && Properties.of(mapping.entries().values().iterator().next())
                        .flag("Required")
                        .orElse(false);
        Map<String, TemplateNode> made = new LinkedHashMap<>();
        made.put("in", nodes.text(parts.group(1).equals("querystring") ? "query" : parts.group(1)));
        made.put("name", nodes.text(parts.group(2)));
        made.put("required", nodes.flag(required));
        if (isOpenApi3) {
            made.put("schema", nodes.map("type", nodes.text("string")));
        } else {
            made.put("type", nodes.text("string"));
        }
        return new TemplateNode.Mapping(nodes.at(), made);
    }
}
