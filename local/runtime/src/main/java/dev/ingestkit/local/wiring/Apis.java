package dev.ingestkit.local.wiring;

import dev.ingestkit.local.gateway.definition.ApiDefinition;
import dev.ingestkit.local.gateway.definition.StageSettings;
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
     * @throws dev.ingestkit.local.gateway.document.ApiDefinitionException for a document that API Gateway would refuse
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
        return ApiDefinition.parse(
                spec.id(),
                spec.body(),
                new StageSettings(spec.stage().name(), spec.stage().variables(), throttles));
    }
}
