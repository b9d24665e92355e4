package dev.ingestkit.local.control;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ingestkit.local.events.Json;
import dev.ingestkit.local.faults.FaultRule;
import dev.ingestkit.local.faults.FaultRules;
import dev.ingestkit.local.faults.FaultStage;
import dev.ingestkit.local.http.HttpRequest;
import dev.ingestkit.local.http.HttpResponse;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Shows and changes the fault rules. A stage whose work another endpoint does takes no fault: it would have no effect.
 * Thread-safe.
 */
public final class FaultsEndpoint {

    private final FaultRules faults;
    private final List<FaultStage> stages;

    /**
     * Creates the endpoint.
     *
     * @param performed whether the runtime does the work of a stage itself
     */
    public FaultsEndpoint(FaultRules faults, Predicate<FaultStage> performed) {
        this.faults = requireNonNull(faults, "faults");
        this.stages = Arrays.stream(FaultStage.values()).filter(performed).toList();
    }

    HttpResponse show() {
        return JsonAnswers.of(200, states());
    }

    HttpResponse clear() {
        faults.clear();
        return show();
    }

    HttpResponse add(HttpRequest request) {
        List<FaultRule> rules = new ArrayList<>();
        try {
            for (JsonNode specification : Json.mapper().readTree(request.body()).path("faults")) {
                rules.add(rule(specification.asText()));
            }
        } catch (IOException notJson) {
            return JsonAnswers.error(400, "the body must be {\"faults\":[\"STAGE:KIND\"]}: " + notJson.getMessage());
        } catch (IllegalArgumentException invalid) {
            return JsonAnswers.error(400, String.valueOf(invalid.getMessage()));
        }
        if (rules.isEmpty()) {
            return JsonAnswers.error(400, "the body must be {\"faults\":[\"STAGE:KIND\"]} with at least one fault");
        }
        rules.forEach(faults::add);
        return show();
    }

    private FaultRule rule(String specification) {
        FaultRule rule = FaultRule.parse(specification);
        if (!stages.contains(rule.stage())) {
            throw new IllegalArgumentException(
                    "the fault %s would have no effect: while attached, %s is the other endpoint's; stages here: %s"
                            .formatted(
                                    rule.specification(),
                                    rule.stage().label(),
                                    stages.stream().map(FaultStage::label).collect(Collectors.joining(", "))));
        }
        return rule;
    }

    private ObjectNode states() {
        ObjectNode answer = Json.mapper().createObjectNode();
        ArrayNode list = answer.putArray("faults");
        for (FaultRules.State state : faults.states()) {
            list.addObject()
                    .put("fault", state.rule().specification())
                    .put("calls", state.calls())
                    .put("hits", state.hits());
        }
        ObjectNode kinds = answer.putObject("stages");
        for (FaultStage stage : stages) {
            stage.kinds().forEach(kinds.putArray(stage.label())::add);
        }
        return answer;
    }
}
