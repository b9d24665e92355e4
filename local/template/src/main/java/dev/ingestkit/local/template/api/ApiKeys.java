package dev.ingestkit.local.template.api;

import dev.ingestkit.local.template.model.Properties;
import dev.ingestkit.local.template.model.TemplateNode;
import dev.ingestkit.local.template.resource.Resource;
import dev.ingestkit.local.template.resource.ResourceReader;
import dev.ingestkit.local.template.spec.StableIds;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The API keys that a stage accepts: those of the usage plans that name it, and those that name it themselves. Quotas
 * and throttles of a plan are not run.
 */
record ApiKeys(ResourceReader resources) {

    /** Returns the values of the enabled keys of a stage. */
    Set<String> of(String apiId, String stage) {
        Set<String> values = new LinkedHashSet<>();
        for (Resource key : resources.ofType("AWS::ApiGateway::ApiKey")) {
            boolean isEnabled = key.properties().flag("Enabled").orElse(true);
            boolean isAccepted = names(key.properties().list("StageKeys"), "RestApiId", "StageName", apiId, stage)
                    || planned(key.physicalId(), apiId, stage);
            if (isEnabled && isAccepted) {
                values.add(value(key));
            }
        }
        return values;
    }

    /** Returns the key's value; AWS draws a random one if the template gives none. */
    private static String value(Resource key) {
        return key.properties().text("Value").orElseGet(() -> StableIds.alphanumeric(40, key.physicalId(), "value"));
    }

    private boolean planned(String keyId, String apiId, String stage) {
        List<String> plans = resources.ofType("AWS::ApiGateway::UsagePlanKey").stream()
                .map(Resource::properties)
                .filter(link -> link.requiredText("KeyId").equals(keyId))
                .map(link -> link.requiredText("UsagePlanId"))
                .toList();
        return resources.ofType("AWS::ApiGateway::UsagePlan").stream()
                .filter(plan -> plans.contains(plan.physicalId()))
                .anyMatch(plan -> names(plan.properties().list("ApiStages"), "ApiId", "Stage", apiId, stage));
    }

    private static boolean names(
            List<TemplateNode> stages, String idProperty, String stageProperty, String apiId, String stage) {
        return stages.stream()
                .map(Properties::of)
                .anyMatch(each -> each.text(idProperty).equals(Optional.of(apiId))
                        && each.text(stageProperty).equals(Optional.of(stage)));
    }
}
