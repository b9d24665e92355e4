package dev.ingestkit.local.wiring;

import dev.ingestkit.local.gateway.definition.ApiDefinition;
import dev.ingestkit.local.gateway.definition.StageSettings;
import dev.ingestkit.local.gateway.document.ApiDefinitionException;
import dev.ingestkit.local.template.model.Problem;
import dev.ingestkit.local.template.model.TemplateException;
import dev.ingestkit.local.template.spec.ApiSpec;
import java.util.List;

/** Turns an API of a template into the definition that the gateway deploys. */
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
            throw new TemplateException(List.of(new Problem(
                    spec.positions().of(refused.path()),
                    "the API %s cannot be deployed: %s".formatted(spec.logicalId(), refused.getMessage()))));
        }
    }

    /** Returns the parts of an API that do not run, each with its position in the template. */
    public static List<Problem> warnings(ApiSpec spec, ApiDefinition definition) {
        return definition.warnings().stream()
                .map(warning -> new Problem(
                        spec.positions().of(warning.substring(0, Math.max(0, warning.indexOf(": ")))), warning))
                .toList();
    }
}
