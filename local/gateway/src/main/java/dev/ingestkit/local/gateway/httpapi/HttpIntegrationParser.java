package dev.ingestkit.local.gateway.httpapi;

import dev.ingestkit.local.events.Arn;
import dev.ingestkit.local.gateway.definition.FunctionUri;
import dev.ingestkit.local.gateway.document.Located;
import dev.ingestkit.local.gateway.httpapi.HttpIntegration.Action;
import dev.ingestkit.local.gateway.httpapi.HttpIntegration.PayloadFormat;
import dev.ingestkit.local.gateway.httpapi.HttpIntegration.ResponseChange;
import dev.ingestkit.local.gateway.httpapi.HttpIntegration.Target;
import java.time.Duration;
import java.util.ArrayList;
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
        return new HttpIntegration(new HttpIntegration.NotRun(reason), HttpIntegration.MAX_TIMEOUT, Map.of());
    }

    static PayloadFormat format(Located at, String otherwise) {
        String text = at.text().orElse(otherwise);
        if (!text.matches("[12](\\.0)?")) {
            throw at.problem("must be 1.0 or 2.0, found " + text);
        }
        return text.startsWith("2") ? PayloadFormat.V2 : PayloadFormat.V1;
    }

    HttpIntegration parse(Located place) {
        Located at = referenced(place);
        if (!at.present()) {
            throw at.problem("is missing: the route has no back end");
        }
        Target target = target(at);
        return switch (target.kind()) {
            case FUNCTION -> {
                warnOfParameters(at.get("requestParameters"));
                yield integration(target, at);
            }
            case SERVICE -> integration(target, at);
            case NOT_RUN -> {
                String reason = ((HttpIntegration.NotRun) target).reason();
                warnings.add(reason);
                yield notRun(reason);
            }
        };
    }

    private static HttpIntegration integration(Target target, Located at) {
        return new HttpIntegration(target, timeout(at.get("timeoutInMillis")), responses(at.get("responseParameters")));
    }

    private void warnOfParameters(Located parameters) {
        if (parameters.present()) {
            warnings.add(parameters.path()
                    + ": parameters of a function's request are not mapped here; the function gets the request"
                    + " as sent");
        }
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
        if (!type.equals("aws_proxy")) {
            return new HttpIntegration.NotRun(at.get("type").path() + ": integrations of type " + type
                    + " are not supported here; the route answers 501");
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

    private static Map<String, List<ResponseChange>> responses(Located at) {
        Map<String, List<ResponseChange>> responses = new LinkedHashMap<>();
        at.fields().forEach((status, changes) -> {
            List<ResponseChange> all = new ArrayList<>();
            changes.fields().forEach((key, value) -> all.add(change(key, value)));
            responses.put(status, List.copyOf(all));
        });
        return responses;
    }

    /** {@code append:header.name}, {@code overwrite:header.name}, {@code remove:header.name}, {@code overwrite:statuscode}. */
    private static ResponseChange change(String key, Located value) {
        int colon = key.indexOf(':');
        String part = key.substring(colon + 1);
        for (Action action : Action.values()) {
            if (colon > 0 && action.name().equalsIgnoreCase(key.substring(0, colon))) {
                if (part.startsWith("header.")) {
                    String header = part.substring("header.".length());
                    return new ResponseChange(
                            action, header, HttpValue.of(value.text().orElse("")));
                }
                if (part.equalsIgnoreCase("statuscode") && action == Action.OVERWRITE) {
                    return new ResponseChange(action, "", HttpValue.of(value.requiredText()));
                }
            }
        }
        throw value.problem("is not a mapping of a response: " + key
                + "; use append:header.NAME, overwrite:header.NAME, remove:header.NAME or overwrite:statuscode");
    }
}
