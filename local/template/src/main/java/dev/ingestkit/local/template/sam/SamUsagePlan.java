package dev.ingestkit.local.template.sam;

import dev.ingestkit.local.template.model.Nodes;
import dev.ingestkit.local.template.model.Properties;
import dev.ingestkit.local.template.model.TemplateException;
import dev.ingestkit.local.template.model.TemplateNode;
import dev.ingestkit.local.template.resource.ResourceDeclaration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The usage plan of an {@code AWS::Serverless::Api}: a plan for its stage with one API key. */
final class SamUsagePlan {

    private static final List<String> CREATE = List.of("SHARED", "PER_API", "NONE");
    private static final List<String> CARRIED = List.of("UsagePlanName", "Description", "Quota", "Tags", "Throttle");

    private SamUsagePlan() {}

    /** Generates the resources that {@code Auth.UsagePlan} asks for. */
    static void expand(SamTransform transform, ResourceDeclaration api, String stage) {
        Optional<Properties> plan =
                new Properties(api.properties()).object("Auth").flatMap(auth -> auth.object("UsagePlan"));
        if (plan.isEmpty()) {
            return;
        }
        String create = plan.get()
                .text("CreateUsagePlan")
                .orElseThrow(() ->
                        TemplateException.at(plan.get().at(), "'CreateUsagePlan' is a required field for UsagePlan."));
        if (!CREATE.contains(create)) {
            throw TemplateException.at(plan.get().at(), "'CreateUsagePlan' accepts one of %s.", CREATE);
        }
        if (create.equals("SHARED")) {
            transform.warn(
                    plan.get().at(),
                    "a SHARED usage plan is not run locally; %s has a plan and a key of its own"
                            .formatted(api.logicalId()));
        }
        if (!create.equals("NONE")) {
            add(transform, api, plan.get(), stage);
        }
    }

    private static void add(SamTransform transform, ResourceDeclaration api, Properties settings, String stage) {
        Nodes nodes = new Nodes(settings.at());
        String id = api.logicalId();
        Map<String, TemplateNode> plan = new LinkedHashMap<>();
        plan.put("ApiStages", nodes.list(nodes.map("ApiId", nodes.ref(id), "Stage", nodes.ref(stage))));
        CARRIED.forEach(name -> settings.node(name).ifPresent(value -> plan.put(name, value)));
        transform.add(api.derived(id + "UsagePlan", "AWS::ApiGateway::UsagePlan", plan));
        Map<String, TemplateNode> key = new LinkedHashMap<>();
        key.put("Enabled", nodes.text("true"));
        key.put("StageKeys", nodes.list(nodes.map("RestApiId", nodes.ref(id), "StageName", nodes.ref(stage))));
        transform.add(api.derived(id + "ApiKey", "AWS::ApiGateway::ApiKey", key));
        Map<String, TemplateNode> link = new LinkedHashMap<>();
        link.put("KeyId", nodes.ref(id + "ApiKey"));
        link.put("KeyType", nodes.text("API_KEY"));
        link.put("UsagePlanId", nodes.ref(id + "UsagePlan"));
        transform.add(api.derived(id + "UsagePlanKey", "AWS::ApiGateway::UsagePlanKey", link));
    }
}
