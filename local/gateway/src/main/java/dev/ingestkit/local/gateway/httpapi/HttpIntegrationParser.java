package dev.ingestkit.local.gateway.httpapi;

import dev.ingestkit.local.events.Arn;
import dev.ingestkit.local.gateway.definition.FunctionUri;
import dev.ingestkit.local.gateway.document.LocalAddress;
import dev.ingestkit.local.gateway.document.Located;
import dev.ingestkit.local.gateway.httpapi.HttpIntegration.PayloadFormat;
import dev.ingestkit.local.gateway.httpapi.HttpIntegration.Target;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Reads {@code x-amazon-apigateway-integration} of an HTTP API. */
final class HttpIntegrationParser {

    private static final int MIN_TIMEOUT_MILLIS = 50;
    private static final String REGION = "Region";

    private final Located root;
    private final List<String> warnings;

    HttpIntegrationParser(Located root, List<String> warnings) {
        this.root = root;
        this.warnings = warnings;
    }

    static HttpIntegration notRun(String reason) {
        return new HttpIntegration(
                new HttpIntegration.NotRun(reason), HttpIntegration.MAX_TIMEOUT, List.of(), Map.of());
    }

    static PayloadFormat format(Located at, String otherwise) {
        String text = at.text().orElse(otherwise);
        if (!text.matches("[12](\\.0)?")) {
            throw at.problem("must be 1.0 or 2.0, found " + text);
        }
        return text.startsWith("2") ? PayloadFormat.V2 : PayloadFormat.V1;
    }

    HttpIntegration parse(Located declared) {
        Located at = referenced(declared);
        if (!at.present()) {
            throw at.problem("is missing: the route has no back end");
        }
        Target target = target(at);
        return switch (target.kind()) {
            case FUNCTION, URL -> integration(target, ChangeParser.requests(at.get("requestParameters")), at);
            case SERVICE -> integration(target, List.of(), at);
            case NOT_RUN -> {
                String reason = ((HttpIntegration.NotRun) target).reason();
                warnings.add(reason);
                yield notRun(reason);
            }
        };
    }

    private static HttpIntegration integration(Target target, List<RequestChange> requests, Located at) {
        return new HttpIntegration(
                target,
                timeout(at.get("timeoutInMillis")),
                requests,
                ChangeParser.responses(at.get("responseParameters")));
    }

    /** An integration may be defined once and referred to by {@code $ref}. */
    private Located referenced(Located at) {
        Optional<String> reference = at.get("$ref").text();
        String prefix = "#/components/x-amazon-apigateway-integrations/";
        if (reference.isEmpty()) {
            return at;
        }
        if (!reference.get().startsWith(prefix)) {
            throw at.problem("refers to a part that is not an integration of this API: " + reference.get());
        }
        return root.get("components")
                .get("x-amazon-apigateway-integrations")
                .get(reference.get().substring(prefix.length()));
    }

    private static Target target(Located at) {
        String type = at.get("type").requiredText().toLowerCase(Locale.ROOT);
        if (type.equals("http_proxy")) {
            return url(at);
        }
        if (!type.equals("aws_proxy")) {
            throw at.get("type").problem("must be aws_proxy or http_proxy, found " + type);
        }
        Optional<String> subtype = at.get("integrationSubtype").text();
        if (subtype.isPresent()) {
            return ServiceSubtype.named(subtype.get())
                    .<Target>map(known -> service(known, at.get("requestParameters")))
                    .orElseGet(() -> new HttpIntegration.NotRun(
                            at.get("integrationSubtype").path()
                                    + ": the integration subtype " + subtype.get()
                                    + " is not supported here; the route answers 501"));
        }
        Located uri = at.get("uri");
        String text = uri.requiredText();
        String function = FunctionUri.function(text)
                .or(() -> Arn.tryParse(text)
                        .filter(arn -> arn.service().equals("lambda")
                                && arn.resourceType().equals("function"))
                        .map(Arn::toString))
                .orElseThrow(() -> uri.problem("is not the ARN or the invocation URI of a function: " + text));
        return new HttpIntegration.Function(function, format(at.get("payloadFormatVersion"), "1.0"));
    }

    private static Target url(Located at) {
        Located connection = at.get("connectionType");
        if (connection.text().filter("VPC_LINK"::equalsIgnoreCase).isPresent()) {
            return new HttpIntegration.NotRun(
                    connection.path() + ": VPC links are not supported here; the route answers 501");
        }
        Located uri = at.get("uri");
        String address = uri.requiredText();
        // Parameters in braces are filled for each request; the host has none.
        if (!LocalAddress.isLoopback(address.replaceAll("\\{[^}]*}", "x"))) {
            return new HttpIntegration.NotRun(uri.path() + ": only back ends on this machine are called, and " + address
                    + " is not an address of it; the route answers 501. Give an http address of localhost");
        }
        String method = at.get("httpMethod").text().orElse(HttpRoute.ANY).toUpperCase(Locale.ROOT);
        return new HttpIntegration.Url(address, method);
    }

    private static HttpIntegration.Service service(ServiceSubtype subtype, Located at) {
        Map<String, HttpValue> parameters = new LinkedHashMap<>();
        at.fields().forEach((name, value) -> {
            if (!name.equals(REGION)) {
                parameters.put(name, HttpValue.of(value.requiredText()));
            }
        });
        for (String required : subtype.required()) {
            if (!parameters.containsKey(required)) {
                throw at.problem("lacks %s, which %s needs".formatted(required, subtype.text()));
            }
        }
        return new HttpIntegration.Service(subtype, parameters);
    }

    private static Duration timeout(Located at) {
        int most = (int) HttpIntegration.MAX_TIMEOUT.toMillis();
        int millis = at.integer().orElse(most);
        if (millis < MIN_TIMEOUT_MILLIS || millis > most) {
            throw at.problem("must be %d to %d ms, found %d".formatted(MIN_TIMEOUT_MILLIS, most, millis));
        }
        return Duration.ofMillis(millis);
    }
}
