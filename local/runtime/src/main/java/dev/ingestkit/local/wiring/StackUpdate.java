package dev.ingestkit.local.wiring;

import static dev.ingestkit.local.wiring.Refusals.located;

import dev.ingestkit.local.functions.FunctionConfig;
import dev.ingestkit.local.functions.FunctionHost;
import dev.ingestkit.local.gateway.Gateway;
import dev.ingestkit.local.template.spec.ApiSpec;
import dev.ingestkit.local.template.spec.HttpApiSpec;
import dev.ingestkit.local.template.spec.MappingSpec;
import dev.ingestkit.local.template.spec.QueueMappingSpec;
import dev.ingestkit.local.template.spec.Stack;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Applies what a template has changed to the stack that runs: additions before the parts that use them, removals last.
 * Records each part once it is applied, so that the update after a failed one begins where that one stopped. Used once, by
 * one thread.
 */
final class StackUpdate {

    private final AppliedParts parts;
    private final Stack next;
    private final List<String> applied = new ArrayList<>();
    private final List<String> restart = new ArrayList<>();

    StackUpdate(AppliedParts parts, Stack next) {
        this.parts = parts;
        this.next = next;
    }

    StackChanges changes() {
        return new StackChanges(applied, restart);
    }

    /** Creates and changes the resources that hold data; a resource that has gone is kept. */
    void data(DataServices services) {
        if (!parts.data().equalTo(next.data())) {
            parts.data().unknown();
            applied.addAll(services.update(next));
            parts.data().applied(next.data());
        }
    }

    /** Adds and changes what passes events on; what has gone passes them on until the next start. */
    void events(DataServices services) {
        services.updateEvents(parts.events(), next, applied::add, restart::add);
    }

    void functions(FunctionHost host, Map<String, Integer> debugPorts) {
        Map<String, FunctionConfig> wanted =
                AppliedParts.byKey(Functions.configs(next.compute().functions(), debugPorts), FunctionConfig::name);
        wanted.forEach((name, config) -> {
            FunctionConfig last = parts.functions().get(name);
            if (!config.equals(last)) {
                function(host, config);
                parts.functions().put(name, config);
                applied.add("function %s was %s".formatted(name, last == null ? "added" : "changed"));
            }
        });
        gone(parts.functions().keySet(), wanted.keySet()).forEach(name -> {
            host.remove(name);
            parts.functions().remove(name);
            applied.add("function %s was removed".formatted(name));
        });
    }

    private static void function(FunctionHost host, FunctionConfig config) {
        try {
            if (host.has(config.name())) {
                host.replace(config);
            } else {
                host.register(config);
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(
                    "the code of function %s cannot be unpacked: %s"
                            .formatted(config.name(), config.code().path()),
                    failed);
        }
    }

    /** Deploys the stages that have changed, and removes those that have gone. */
    void apis(Gateway gateway) {
        Map<String, ApiSpec> rest = AppliedParts.byKey(next.compute().apis(), AppliedParts::stage);
        rest.forEach((stage, api) -> {
            ApiSpec last = parts.apis().get(stage);
            if (last == null || !last.body().equals(api.body()) || !last.stage().equals(api.stage())) {
                gateway.deploy(Apis.definition(api));
                parts.apis().put(stage, api);
                deployed(api.logicalId(), api.stage().name());
            }
        });
        Map<String, HttpApiSpec> http = AppliedParts.byKey(next.compute().httpApis(), AppliedParts::stage);
        http.forEach((stage, api) -> {
            HttpApiSpec last = parts.httpApis().get(stage);
            if (last == null || !last.body().equals(api.body()) || !last.stage().equals(api.stage())) {
                gateway.deploy(Apis.definition(api));
                parts.httpApis().put(stage, api);
                deployed(api.logicalId(), api.stage().name());
            }
        });
        removeEach(parts.apis(), rest.keySet(), gone -> {
            gateway.remove(gone.id(), gone.stage().name());
            removed(gone.logicalId(), gone.stage().name());
        });
        removeEach(parts.httpApis(), http.keySet(), gone -> {
            gateway.remove(gone.id(), gone.stage().name());
            removed(gone.logicalId(), gone.stage().name());
        });
    }

    private void deployed(String api, String stage) {
        applied.add("API %s was deployed to stage %s".formatted(api, stage));
    }

    private void removed(String api, String stage) {
        applied.add("stage %s of API %s was removed".formatted(stage, api));
    }

    /** Starts, changes and deletes mappings; a changed mapping keeps its position unless its source is another one. */
    void mappings(EventSources sources, Predicate<MappingSpec> read) {
        next.compute().mappings().stream()
                .filter(read)
                .forEach(located(next, MappingSpec::logicalId, spec -> mapping(sources, spec)));
        removeEach(parts.mappings(), keys(next.compute().mappings(), MappingSpec::uuid), gone -> {
            sources.delete(gone);
            removedMapping(gone.logicalId());
        });
        next.events()
                .queueMappings()
                .forEach(located(next, QueueMappingSpec::logicalId, spec -> queueMapping(sources, spec)));
        removeEach(
                parts.events().queueMappings(), keys(next.events().queueMappings(), QueueMappingSpec::uuid), gone -> {
                    sources.delete(gone);
                    removedMapping(gone.logicalId());
                });
    }

    private void mapping(EventSources sources, MappingSpec spec) {
        MappingSpec last = parts.mappings().get(spec.uuid());
        if (spec.equals(last)) {
            return;
        }
        boolean sameSource = last != null && last.eventSourceArn().equals(spec.eventSourceArn());
        if (sameSource) {
            sources.change(spec, next);
        } else {
            if (last != null) {
                sources.delete(last);
                parts.mappings().remove(spec.uuid());
            }
            sources.start(spec, next);
        }
        parts.mappings().put(spec.uuid(), spec);
        applied.add(
                last == null
                        ? "mapping %s was added".formatted(spec.logicalId())
                        : "mapping %s was changed%s"
                                .formatted(spec.logicalId(), sameSource ? " and keeps its position" : ""));
    }

    private void queueMapping(EventSources sources, QueueMappingSpec spec) {
        QueueMappingSpec last = parts.events().queueMappings().get(spec.uuid());
        if (spec.equals(last)) {
            return;
        }
        if (last != null) {
            sources.delete(last);
            parts.events().queueMappings().remove(spec.uuid());
        }
        sources.start(spec, next);
        parts.events().queueMappings().put(spec.uuid(), spec);
        applied.add("mapping %s was %s".formatted(spec.logicalId(), last == null ? "added" : "changed"));
    }

    private void removedMapping(String logicalId) {
        applied.add("mapping %s was removed".formatted(logicalId));
    }

    private static <T> void removeEach(Map<String, T> running, Set<String> wanted, Consumer<T> remove) {
        gone(running.keySet(), wanted).forEach(key -> {
            remove.accept(running.get(key));
            running.remove(key);
        });
    }

    private static List<String> gone(Set<String> running, Set<String> wanted) {
        return running.stream().filter(key -> !wanted.contains(key)).toList();
    }

    private static <T> Set<String> keys(List<T> all, Function<T, String> key) {
        return AppliedParts.byKey(all, key).keySet();
    }

    /**
     * Checks before anything is changed that the new parts can be deployed.
     *
     * @throws dev.ingestkit.local.template.model.TemplateException for an API that API Gateway would refuse
     * @throws IllegalArgumentException for a debugger port of a function that has gone, or a mapping's unknown function
     */
    void check(Map<String, Integer> debugPorts) {
        next.compute().apis().forEach(Apis::definition);
        next.compute().httpApis().forEach(Apis::definition);
        Functions.configs(next.compute().functions(), debugPorts);
        next.compute().mappings().forEach(spec -> EventSources.function(next, spec.logicalId(), spec.function()));
        next.events().queueMappings().forEach(spec -> EventSources.function(next, spec.logicalId(), spec.function()));
    }
}
