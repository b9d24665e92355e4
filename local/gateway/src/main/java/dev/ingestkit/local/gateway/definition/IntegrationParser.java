package dev.ingestkit.local.gateway.definition;

import dev.ingestkit.local.events.Arn;
import dev.ingestkit.local.gateway.definition.Integration.ContentHandling;
import dev.ingestkit.local.gateway.definition.Integration.Passthrough;
import dev.ingestkit.local.gateway.definition.Integration.Target;
import dev.ingestkit.local.gateway.document.Located;
import dev.ingestkit.local.gateway.expression.ParameterSource;
import dev.ingestkit.local.gateway.vtl.MappingTemplate;
import dev.ingestkit.local.gateway.vtl.MappingTemplates;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** Reads {@code x-amazon-apigateway-integration}. */
final class IntegrationParser {

    private static final String ACTION = "action/";
    private static final String PATH = "path/";
    private static final int MIN_TIMEOUT_MILLIS = 50;
    private static final int MAX_TIMEOUT_MILLIS = 300_000;
    private static final String REQUEST_HEADER = "integration.request.header.";
    private static final String RESPONSE_HEADER = "method.response.header.";

    private final List<String> warnings;

    IntegrationParser(List<String> warnings) {
        this.warnings = warnings;
    }

    /** Returns an integration that answers without a back end. */
    static Integration withoutBackEnd(Target target) {
        return new Integration(
                target,
                Passthrough.WHEN_NO_MATCH,
                Map.of(),
                Map.of(),
                ContentHandling.PASSTHROUGH,
                Integration.DEFAULT_TIMEOUT,
                null);
    }

    /**
     * @param verb the method's own, {@code ANY} for all
     */
    Integration parse(Located at, String verb) {
        if (!at.present()) {
            throw at.problem("is missing: the method has no back end");
        }
        Target target = invoked(at, target(at), verb);
        return switch (target.kind()) {
            case MISCONFIGURED -> warned(target, ((Integration.Misconfigured) target).reason());
            case NOT_RUN -> warned(target, ((Integration.NotRun) target).reason());
            case FUNCTION_PROXY, SERVER_PROXY -> called(at, target, true);
            case SERVICE_ACTION, SERVICE_PATH, FUNCTION, SERVER, MOCK -> called(at, target, false);
        };
    }

    private Integration warned(Target target, String reason) {
        warnings.add(reason);
        return withoutBackEnd(target);
    }

    private Integration called(Located at, Target target, boolean proxy) {
        Map<String, MappingTemplate> templates = templates(at.get("requestTemplates"));
        if (proxy && !templates.isEmpty()) {
            warnings.add(at.get("requestTemplates").path() + ": a proxy integration uses no templates");
        }
        return new Integration(
                target,
                passthrough(at.get("passthroughBehavior")),
                templates,
                headers(at.get("requestParameters"), target.isServer()),
                contentHandling(at.get("contentHandling")),
                timeout(at.get("timeoutInMillis")),
                proxy ? null : responses(at.get("responses")));
    }

    private static Target target(Located at) {
        String type = at.get("type").requiredText().toLowerCase(Locale.ROOT);
        return switch (type) {
            case "mock" -> new Integration.Mock();
            case "aws" -> service(at.get("uri"));
            case "aws_proxy" -> new Integration.FunctionProxy(function(at.get("uri")));
            case "http", "http_proxy" -> HttpTarget.parse(at, type.equals("http_proxy"));
            default -> throw at.get("type").problem("must be aws, aws_proxy, mock, http or http_proxy, found " + type);
        };
    }

    /** Lambda's Invoke takes POST only; {@code ANY} calls it with the client's method. */
    private static Target invoked(Located at, Target target, String verb) {
        Located named = at.get("httpMethod");
        String method = named.text().orElse("POST").toUpperCase(Locale.ROOT);
        String sent = method.equals(MethodDefinition.ANY) ? verb : method;
        if (!target.isFunction() || sent.equals("POST")) {
            return target;
        }
        return new Integration.Misconfigured(named.path() + ": a function is invoked with POST only, found " + method
                + "; API Gateway answers 500, and so does this runtime. Use POST");
    }

    private static String function(Located uri) {
        return FunctionUri.function(uri.requiredText())
                .orElseThrow(() -> uri.problem("is not the invocation URI of a function: " + uri.requiredText()));
    }

    /** Reads {@code arn:aws:apigateway:REGION:SERVICE:action/ACTION}, or {@code …:path/PATH}. */
    private static Target service(Located uri) {
        String text = uri.requiredText();
        Optional<String> function = FunctionUri.function(text);
        if (function.isPresent()) {
            return new Integration.Function(function.get());
        }
        Arn arn = Arn.tryParse(text)
                .filter(parsed -> parsed.service().equals("apigateway")
                        && !parsed.account().isEmpty())
                .orElseThrow(() -> uri.problem(
                        "must be arn:aws:apigateway:REGION:SERVICE:action/ACTION or …:path/PATH, found " + text));
        // The service is in the place of the account; a subdomain may precede it, as in "account-id.s3".
        String service = arn.account().substring(arn.account().lastIndexOf('.') + 1);
        if (arn.resource().startsWith(ACTION)) {
            return new Integration.ServiceAction(service, arn.resource().substring(ACTION.length()));
        }
        if (arn.resource().startsWith(PATH)) {
            return new Integration.ServicePath(service, arn.resource().substring(PATH.length()));
        }
        throw uri.problem("names neither an action nor a path: " + text);
    }

    private static Map<String, MappingTemplate> templates(Located at) {
        Map<String, MappingTemplate> templates = new LinkedHashMap<>();
        at.fields()
                .forEach((type, source) -> templates.put(
                        MediaTypes.bare(type), MappingTemplates.engine().parse(source)));
        return Collections.unmodifiableMap(templates);
    }

    private Map<String, ParameterSource> headers(Located at, boolean servesPaths) {
        Map<String, ParameterSource> headers = new LinkedHashMap<>();
        at.fields().forEach((name, source) -> {
            ParameterSource value = ParameterSource.parse(source);
            if (name.startsWith(REQUEST_HEADER)) {
                String header = name.substring(REQUEST_HEADER.length());
                if (Integration.forbidsHeader(header)) {
                    warnings.add(source.path() + ": API Gateway does not let a mapping set " + header
                            + "; it answers 500, and so does this runtime. Remove the mapping");
                }
                headers.put(header, value);
            } else if (!servesPaths || !HttpTarget.maps(name)) {
                warnings.add(source.path() + ": only headers of this integration's request are mapped here");
            }
        });
        return Collections.unmodifiableMap(headers);
    }

    private static IntegrationResponses responses(Located at) {
        List<IntegrationResponses.Rule> rules = new ArrayList<>();
        IntegrationResponses.Response otherwise = null;
        for (Map.Entry<String, Located> field : at.fields().entrySet()) {
            IntegrationResponses.Response response = response(field.getValue());
            if (field.getKey().equals("default")) {
                otherwise = response;
            } else {
                rules.add(new IntegrationResponses.Rule(pattern(field.getKey(), field.getValue()), response));
            }
        }
        return new IntegrationResponses(rules, otherwise);
    }

    private static IntegrationResponses.Response response(Located at) {
        Located status = at.get("statusCode");
        int code = status.integer().orElseThrow(() -> status.problem("is missing"));
        if (code < 100 || code > 599) {
            throw status.problem("must be 100 to 599, found " + code);
        }
        Map<String, ParameterSource> headers = new LinkedHashMap<>();
        at.get("responseParameters").fields().forEach((name, source) -> {
            if (!name.startsWith(RESPONSE_HEADER)) {
                throw source.problem("must start with " + RESPONSE_HEADER);
            }
            headers.put(name.substring(RESPONSE_HEADER.length()), ParameterSource.parse(source));
        });
        return new IntegrationResponses.Response(
                code,
                Collections.unmodifiableMap(headers),
                templates(at.get("responseTemplates")),
                contentHandling(at.get("contentHandling")));
    }

    private static Pattern pattern(String text, Located at) {
        try {
            return Pattern.compile(text);
        } catch (PatternSyntaxException malformed) {
            throw at.problem("\"" + text + "\" is not a regular expression: " + malformed.getMessage());
        }
    }

    private static Passthrough passthrough(Located at) {
        String name = at.text().orElse("when_no_match").toUpperCase(Locale.ROOT);
        for (Passthrough value : Passthrough.values()) {
            if (value.name().equals(name)) {
                return value;
            }
        }
        throw at.problem("must be when_no_match, when_no_templates or never, found " + name);
    }

    private static ContentHandling contentHandling(Located at) {
        String name = at.text().orElse("PASSTHROUGH").toUpperCase(Locale.ROOT);
        for (ContentHandling value : ContentHandling.values()) {
            if (value.name().equals(name)) {
                return value;
            }
        }
        throw at.problem("must be CONVERT_TO_TEXT or CONVERT_TO_BINARY, found " + name);
    }

    private static Duration timeout(Located at) {
        int millis = at.integer().orElse((int) Integration.DEFAULT_TIMEOUT.toMillis());
        if (millis < MIN_TIMEOUT_MILLIS || millis > MAX_TIMEOUT_MILLIS) {
            throw at.problem("must be %d to %d ms, found %d".formatted(MIN_TIMEOUT_MILLIS, MAX_TIMEOUT_MILLIS, millis));
        }
        return Duration.ofMillis(millis);
    }
}
