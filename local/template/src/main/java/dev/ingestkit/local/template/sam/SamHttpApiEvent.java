package dev.ingestkit.local.template.sam;

import dev.ingestkit.local.template.model.Nodes;
import dev.ingestkit.local.template.model.Properties;
import dev.ingestkit.local.template.model.TemplateNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** An event of type {@code HttpApi}: a route of an HTTP API that invokes the function. */
final class SamHttpApiEvent {

    private static final Set<String> PROPERTIES = Set.of(
            "Path", "Method", "ApiId", "Stage", "Auth", "TimeoutInMillis", "RouteSettings", "PayloadFormatVersion");
    private static final String DEFAULT = "$default";
    private static final Pattern PARAMETER = Pattern.compile("\\{([^}]+)}");
    private static final String PREFIX = "x-amazon-apigateway-";

    private SamHttpApiEvent() {}

    /** Adds the route and the permission. */
    static void expand(SamEvent event) {
        event.requireKnown(PROPERTIES);
        Properties properties = event.properties();
        requireBothOrNeither(event);
        String path = properties.text("Path").orElse(DEFAULT);
        String method = properties.text("Method").orElse("any").toLowerCase(Locale.ROOT);
        properties
                .node("RouteSettings")
                .ifPresent(node -> event.transform()
                        .warn(node.at(), "the property RouteSettings of an HttpApi event is not run locally"));
        String api = event.transform().httpApis().add(event, path, method);
        if (path.equals(DEFAULT) || !hasDefaultRoute(event)) {
            permission(event, api, path, method);
        }
    }

    /** SAM makes the default route of an event without path and method, and needs both otherwise. */
    private static void requireBothOrNeither(SamEvent event) {
        boolean hasPath = event.properties().node("Path").isPresent();
        if (hasPath != event.properties().node("Method").isPresent()) {
            throw event.refused("Property '%s' is required.".formatted(hasPath ? "Method" : "Path"));
        }
    }

    private static void permission(SamEvent event, String api, String path, String method) {
        Nodes nodes = event.nodes();
        String verb = method.equals("any") ? "*" : method.toUpperCase(Locale.ROOT);
        String shown = path.equals(DEFAULT) ? "" : path.replaceAll("\\{[A-Za-z0-9._-]+\\+?}", "*");
        event.addPermission(
                "",
                "apigateway.amazonaws.com",
                new TemplateNode.Call(
                        event.declared().at(),
                        "Fn::Sub",
                        nodes.list(
                                nodes.text("arn:${AWS::Partition}:execute-api:${AWS::Region}:${AWS::AccountId}:"
                                        + "${__ApiId__}/${__Stage__}/" + verb + shown),
                                nodes.map("__ApiId__", nodes.ref(api), "__Stage__", nodes.text("*")))));
    }

    /**
     * Returns whether the function has the default route of the event's API, whose permission covers all its routes.
     */
    private static boolean hasDefaultRoute(SamEvent event) {
        Properties events =
                new Properties(event.function().properties()).object("Events").orElseThrow();
        Optional<String> api = event.properties().node("ApiId").map(SamHttpApis::nameOf);
        return events.node().entries().values().stream()
                .map(Properties::of)
                .filter(other -> other.text("Type").filter("HttpApi"::equals).isPresent())
                .map(other -> other.object("Properties")
                        .orElseGet(() -> new Properties(TemplateNode.Mapping.empty(other.at()))))
                .anyMatch(other -> other.text("Path").orElse(DEFAULT).equals(DEFAULT)
                        && other.node("ApiId").map(SamHttpApis::nameOf).equals(api));
    }

    /** Returns the method's name in the document. */
    static String method(SamHttpApis.Route route) {
        return route.method().equals("any") ? PREFIX + "any-method" : route.method();
    }

    /**
     * Returns the route's operation in the document.
     *
     * @param auth the API's {@code Auth}
     */
    static TemplateNode operation(SamHttpApis.Route route, Optional<Properties> auth) {
        SamEvent event = route.event();
        Nodes nodes = event.nodes();
        Properties properties = event.properties();
        Map<String, TemplateNode> integration = new LinkedHashMap<>();
        integration.put("type", nodes.text("aws_proxy"));
        integration.put("httpMethod", nodes.text("POST"));
        integration.put("uri", uri(event));
        integration.put(
                "payloadFormatVersion", properties.node("PayloadFormatVersion").orElseGet(() -> nodes.text("2.0")));
        properties.node("TimeoutInMillis").ifPresent(timeout -> integration.put("timeoutInMillis", timeout));
        Map<String, TemplateNode> operation = new LinkedHashMap<>();
        operation.put(PREFIX + "integration", new TemplateNode.Mapping(nodes.at(), integration));
        properties
                .object("Auth")
                .flatMap(own -> security(event, own, auth))
                .ifPresent(requirement -> operation.put("security", nodes.list(requirement)));
        List<TemplateNode> parameters = parameters(route.path(), nodes);
        if (!parameters.isEmpty()) {
            operation.put("parameters", new TemplateNode.Sequence(nodes.at(), parameters));
        }
        if (route.path().equals(DEFAULT)) {
            operation.put("isDefaultRoute", nodes.flag(true));
        }
        operation.put("responses", TemplateNode.Mapping.empty(nodes.at()));
        return new TemplateNode.Mapping(nodes.at(), operation);
    }

    private static List<TemplateNode> parameters(String path, Nodes nodes) {
        List<TemplateNode> parameters = new ArrayList<>();
        Matcher matcher = PARAMETER.matcher(path);
        while (matcher.find()) {
            Map<String, TemplateNode> parameter = new LinkedHashMap<>();
            parameter.put("name", nodes.text(matcher.group(1)));
            parameter.put("in", nodes.text("path"));
            parameter.put("required", nodes.flag(true));
            parameters.add(new TemplateNode.Mapping(nodes.at(), parameter));
        }
        return parameters;
    }

    /** Scopes of the event come before those of the authorizer; without an authorizer they are for the default one. */
    private static Optional<TemplateNode> security(SamEvent event, Properties own, Optional<Properties> auth) {
        Nodes nodes = event.nodes();
        Optional<TemplateNode> scopes = own.node("AuthorizationScopes");
        Optional<String> name = own.text("Authorizer")
                .or(() -> scopes.isEmpty() ? Optional.empty() : auth.flatMap(all -> all.text("DefaultAuthorizer")));
        if (name.isEmpty()) {
            return Optional.empty();
        }
        Optional<TemplateNode> defaults = auth.flatMap(all -> all.object("Authorizers"))
                .flatMap(all -> all.object(name.get()))
                .flatMap(authorizer -> authorizer.node("AuthorizationScopes"));
        boolean isKnown = Set.of("NONE", "AWS_IAM").contains(name.get())
                || auth.flatMap(all -> all.object("Authorizers"))
                        .filter(all -> all.node().has(name.get()))
                        .isPresent();
        if (!isKnown) {
            throw event.refused(
                    "Unable to set Authorizer [%s] on API method [%s] for path [%s] because it wasn't defined in the API's Authorizers."
                            .formatted(
                                    name.get(),
                                    event.properties().text("Method").orElse("any"),
                                    event.properties().text("Path").orElse(DEFAULT)));
        }
        return Optional.of(nodes.map(name.get(), scopes.or(() -> defaults).orElseGet(nodes::list)));
    }

    private static TemplateNode uri(SamEvent event) {
        String target = event.target() instanceof TemplateNode.Call call ? Properties.text(call.argument()) : "";
        String arn = target.equals(event.function().logicalId()) ? target + ".Arn" : target;
        return new TemplateNode.Call(
                event.declared().at(),
                "Fn::Sub",
                event.nodes()
                        .text("arn:${AWS::Partition}:apigateway:${AWS::Region}:lambda:path/2015-03-31/functions/${"
                                + arn + "}/invocations"));
    }
}
