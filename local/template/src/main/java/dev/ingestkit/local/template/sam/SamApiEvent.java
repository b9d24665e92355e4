package dev.ingestkit.local.template.sam;

import dev.ingestkit.local.template.model.Nodes;
import dev.ingestkit.local.template.model.Properties;
import dev.ingestkit.local.template.model.TemplateNode;
import java.util.Locale;
import java.util.Set;

/** An event of type {@code Api}: a method of a REST API that invokes the function. */
final class SamApiEvent {

    private static final Set<String> PROPERTIES = Set.of(
            "Path",
            "Method",
            "RestApiId",
            "Auth",
            "RequestModel",
            "RequestParameters",
            "TimeoutInMillis",
            "ResponseTransferMode");
    private static final Set<String> NOT_RUN = Set.of("ResponseTransferMode");

    private SamApiEvent() {}

    /** Adds the permission, and the method if SAM writes the API's document. */
    static void expand(SamEvent event) {
        event.requireKnown(PROPERTIES);
        Properties properties = event.properties();
        for (String name : NOT_RUN) {
            properties
                    .node(name)
                    .ifPresent(node -> event.transform()
                            .warn(node.at(), "the property %s of an Api event is not run locally".formatted(name)));
        }
        String path = properties.requiredText("Path");
        String method = properties.requiredText("Method").toLowerCase(Locale.ROOT);
        SamApis.Api api = event.transform().apis().of(event);
        api.addRoute(event, path, method);
        event.addPermission(api.permissionSuffix(), "apigateway.amazonaws.com", source(event, api, path, method));
    }

    private static TemplateNode source(SamEvent event, SamApis.Api api, String path, String method) {
        Nodes nodes = event.nodes();
        String verb = method.equals("any") ? "*" : method.toUpperCase(Locale.ROOT);
        String shown = path.replaceAll("^(.+)/$", "$1").replaceAll("\\{[A-Za-z0-9._-]+\\+?}", "*");
        return new TemplateNode.Call(
                event.declared().at(),
                "Fn::Sub",
                nodes.list(
                        nodes.text("arn:${AWS::Partition}:execute-api:${AWS::Region}:${AWS::AccountId}:"
                                + "${__ApiId__}/${__Stage__}/" + verb + shown),
                        nodes.map("__ApiId__", nodes.ref(api.logicalId()), "__Stage__", nodes.text("*"))));
    }
}
