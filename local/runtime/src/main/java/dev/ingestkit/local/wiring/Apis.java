package dev.ingestkit.local.wiring;

import dev.ingestkit.local.control.RuntimeStatus;
import dev.ingestkit.local.gateway.Gateway;
import dev.ingestkit.local.gateway.definition.ApiDefinition;
import dev.ingestkit.local.gateway.definition.StageSettings;
import dev.ingestkit.local.gateway.document.ApiDefinitionException;
import dev.ingestkit.local.gateway.httpapi.HttpApiDefinition;
import dev.ingestkit.local.gateway.jwt.KeySource;
import dev.ingestkit.local.template.model.Problem;
import dev.ingestkit.local.template.model.TemplateException;
import dev.ingestkit.local.template.spec.ApiPositions;
import dev.ingestkit.local.template.spec.ApiSpec;
import dev.ingestkit.local.template.spec.HttpApiSpec;
import dev.ingestkit.local.template.spec.Stack;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Turns the APIs of a template into the definitions that the gateway deploys. */
public final class Apis {

    /** The account's limits where a stage sets none, which are AWS's defaults for a region. */
    private static final double ACCOUNT_RATE = 10_000;

    private static final int ACCOUNT_BURST = 5_000;

    private Apis() {}

    /**
     * Parses an API's document.
     *
     * @throws TemplateException for a document that API Gateway would refuse, with the position in the template
     */
    public static ApiDefinition definition(ApiSpec spec) {
        List<StageSettings.MethodThrottle> throttles = spec.stage().methodSettings().stream()
                .filter(setting ->
                        setting.rateLimit().isPresent() || setting.burstLimit().isPresent())
                .map(setting -> new StageSettings.MethodThrottle(
                        setting.resourcePath(),
                        setting.httpMethod(),
                        setting.rateLimit().orElse(ACCOUNT_RATE),
                        setting.burstLimit().orElse(ACCOUNT_BURST)))
                .toList();
        StageSettings stage = new StageSettings(
                spec.stage().name(),
                spec.stage().variables(),
                throttles,
                spec.stage().apiKeys());
        try {
            return ApiDefinition.parse(spec.id(), spec.body(), stage);
        } catch (ApiDefinitionException refused) {
            throw refused(spec.logicalId(), spec.positions(), refused);
        }
    }

    /**
     * Parses an HTTP API's document.
     *
     * @throws TemplateException for a document that API Gateway would refuse, with the position in the template
     */
    public static HttpApiDefinition definition(HttpApiSpec spec) {
        List<StageSettings.MethodThrottle> throttles = spec.stage().routeSettings().stream()
                .filter(setting ->
                        setting.rateLimit().isPresent() || setting.burstLimit().isPresent())
                .map(Apis::throttle)
                .toList();
        StageSettings stage =
                new StageSettings(spec.stage().name(), spec.stage().variables(), throttles, Set.of());
        try {
            return HttpApiDefinition.parse(spec.id(), spec.body(), stage);
        } catch (ApiDefinitionException refused) {
            throw refused(spec.logicalId(), spec.positions(), refused);
        }
    }

    private static StageSettings.MethodThrottle throttle(HttpApiSpec.RouteSetting setting) {
        String key = setting.routeKey().orElse("* /*");
        int space = key.indexOf(' ');
        return new StageSettings.MethodThrottle(
                key.substring(space + 1),
                space < 0 ? "ANY" : key.substring(0, space),
                setting.rateLimit().orElse(ACCOUNT_RATE),
                setting.burstLimit().orElse(ACCOUNT_BURST));
    }

    private static TemplateException refused(String api, ApiPositions positions, ApiDefinitionException refused) {
        return new TemplateException(List.of(new Problem(
                positions.of(refused.path()),
                "the API %s cannot be deployed: %s".formatted(api, refused.getMessage()))));
    }

    /**
     * Deploys a stack's APIs.
     *
     * @param notRun receives each part that does not run, with its position in the template
     * @throws TemplateException for a document that API Gateway would refuse
     */
    public static void deploy(Stack stack, Gateway gateway, KeySource keys, Consumer<String> notRun) {
        for (ApiSpec api : stack.compute().apis()) {
            ApiDefinition definition = definition(api);
            warn(api, definition, keys, notRun);
            gateway.deploy(definition);
        }
        for (HttpApiSpec api : stack.compute().httpApis()) {
            HttpApiDefinition definition = definition(api);
            warn(api, definition, keys, notRun);
            gateway.deploy(definition);
        }
    }

    /** Reports the parts of a stack's APIs that do not run, without deploying them. */
    static void warn(Stack stack, KeySource keys, Consumer<String> notRun) {
        stack.compute().apis().forEach(api -> warn(api, definition(api), keys, notRun));
        stack.compute().httpApis().forEach(api -> warn(api, definition(api), keys, notRun));
    }

    private static void warn(ApiSpec api, ApiDefinition definition, KeySource keys, Consumer<String> notRun) {
        warnings(definition.warnings(), api.positions()).forEach(notRun);
        unreachable("Cognito", definition.routes().issuers(), api.positions(), keys)
                .forEach(notRun);
    }

    private static void warn(HttpApiSpec api, HttpApiDefinition definition, KeySource keys, Consumer<String> notRun) {
        warnings(definition.warnings(), api.positions()).forEach(notRun);
        unreachable("JWT", definition.routes().issuers(), api.positions(), keys).forEach(notRun);
    }

    private static List<String> unreachable(String kind, Set<String> issuers, ApiPositions positions, KeySource keys) {
        return issuers.stream()
                .filter(issuer -> !keys.reaches(issuer))
                .map(issuer -> new Problem(
                        positions.api(),
                        ("the %s authorizer refuses every token: its issuer %s is not on this machine, and no"
                                        + " other host is asked for keys; name a file with its keys in INGEST_JWT_KEYS")
                                .formatted(kind, issuer)))
                .map(Problem::toString)
                .toList();
    }

    /** Returns the URL of each stage of a stack's APIs. */
    public static List<RuntimeStatus.ApiUrl> urls(Stack stack) {
        String base = stack.names().endpoint().toString().replaceFirst("/+$", "") + "/_aws/execute-api/";
        List<RuntimeStatus.ApiUrl> urls = new ArrayList<>();
        stack.compute()
                .apis()
                .forEach(api -> urls.add(new RuntimeStatus.ApiUrl(
                        api.logicalId(),
                        "REST",
                        api.stage().name(),
                        URI.create(base + api.id() + "/" + api.stage().name()))));
        stack.compute().httpApis().forEach(api -> {
            String stage = api.stage().name();
            String path = stage.equals(HttpApiDefinition.DEFAULT_STAGE) ? "" : "/" + stage;
            urls.add(new RuntimeStatus.ApiUrl(api.logicalId(), "HTTP", stage, URI.create(base + api.id() + path)));
        });
        return urls;
    }

    private static Stream<String> warnings(List<String> warnings, ApiPositions positions) {
        return warnings.stream()
                .map(warning ->
                        new Problem(positions.of(warning.substring(0, Math.max(0, warning.indexOf(": ")))), warning))
                .map(Problem::toString);
    }
}
