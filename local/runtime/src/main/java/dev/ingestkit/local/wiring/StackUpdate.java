package dev.ingestkit.local.wiring;

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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Applies what a template has changed to the stack that runs: additions before the parts that use them, removals last.
 * Used once, by one thread.
 */
final class StackUpdate {

    private final Stack before;
    private final Stack next;
    private final List<String> applied = new ArrayList<>();
    private final List<String> restart = new ArrayList<>();

    StackUpdate(Stack before, Stack next) {
        this.before = before;
        this.next = next;
    }

    StackChanges changes() {
        return new StackChanges(applied, restart);
    }

    /** Creates and changes the resources that hold data; a resource that has gone is kept. */
    void data(DataServices services) {
        if (!next.data().equals(before.data())) {
            applied.addAll(services.update(next));
        }
    }

    /** Adds and changes what passes events on; what has gone passes them on until the next start. */
    void events(DataServices services) {
        Stack.Events old = before.events();
        Stack.Events now = next.events();
        StackChanges changes = services.updateEvents(old, now);
        applied.addAll(changes.applied());
        restart.addAll(changes.restart());
    }

    void functions(FunctionHost host, Map<String, Integer> debugPorts) {
        Map<String, FunctionConfig> old =
                byKey(Functions.configs(before.compute().functions(), debugPorts), FunctionConfig::name);
        for (FunctionConfig config : Functions.configs(next.compute().functions(), debugPorts)) {
            FunctionConfig last = old.remove(config.name());
            try {
                if (last == null && !host.has(config.name())) {
                    host.register(config);
                    applied.add("function %s was added".formatted(config.name()));
                } else if (!config.equals(last)) {
                    host.replace(config);
                    applied.add("function %s was changed".formatted(config.name()));
                }
            } catch (IOException failed) {
                throw new UncheckedIOException(
                        "the code of function %s cannot be unpacked: %s"
                                .formatted(config.name(), config.code().path()),
                        failed);
            }
        }
        old.keySet().forEach(gone -> {
            host.remove(gone);
            applied.add("function %s was removed".formatted(gone));
        });
    }

    /** Deploys the stages that have changed, and removes those that have gone. */
    void apis(Gateway gateway) {
        Map<String, ApiSpec> rest = byKey(before.compute().apis(), StackUpdate::stage);
        for (ApiSpec api : next.compute().apis()) {
            ApiSpec last = rest.remove(stage(api));
            if (last == null || !last.body().equals(api.body()) || !last.stage().equals(api.stage())) {
                gateway.deploy(Apis.definition(api));
                deployed(api.logicalId(), api.stage().name());
            }
        }
        Map<String, HttpApiSpec> http = byKey(before.compute().httpApis(), StackUpdate::stage);
        for (HttpApiSpec api : next.compute().httpApis()) {
            HttpApiSpec last = http.remove(stage(api));
            if (last == null || !last.body().equals(api.body()) || !last.stage().equals(api.stage())) {
                gateway.deploy(Apis.definition(api));
                deployed(api.logicalId(), api.stage().name());
            }
        }
        rest.values()
                .forEach(gone -> removed(
                        gateway, gone.logicalId(), gone.id(), gone.stage().name()));
        http.values()
                .forEach(gone -> removed(
                        gateway, gone.logicalId(), gone.id(), gone.stage().name()));
    }

    private static String stage(ApiSpec api) {
        return api.id() + "/" + api.stage().name();
    }

    private static String stage(HttpApiSpec api) {
        return api.id() + "/" + api.stage().name();
    }

    private void deployed(String api, String stage) {
        applied.add("API %s was deployed to stage %s".formatted(api, stage));
    }

    private void removed(Gateway gateway, String api, String id, String stage) {
        gateway.remove(id, stage);
        applied.add("stage %s of API %s was removed".formatted(stage, api));
    }

    /** Starts, changes and deletes mappings; a changed mapping keeps its position unless its source is another one. */
    void mappings(EventSources sources, Predicate<MappingSpec> read) {
        Map<String, MappingSpec> streams = byKey(before.compute().mappings(), MappingSpec::uuid);
        next.compute().mappings().stream().filter(read).forEach(spec -> {
            MappingSpec last = streams.remove(spec.uuid());
            if (last == null) {
                sources.start(spec, next);
                applied.add("mapping %s was added".formatted(spec.logicalId()));
            } else if (!last.equals(spec)) {
                boolean sameSource = last.eventSourceArn().equals(spec.eventSourceArn());
                sources.change(spec, next, sameSource);
                applied.add("mapping %s was changed%s"
                        .formatted(spec.logicalId(), sameSource ? " and keeps its position" : ""));
            }
        });
        streams.values().stream().filter(read).forEach(gone -> {
            sources.delete(gone);
            applied.add("mapping %s was removed".formatted(gone.logicalId()));
        });
        Map<String, QueueMappingSpec> queues = byKey(before.events().queueMappings(), QueueMappingSpec::uuid);
        for (QueueMappingSpec spec : next.events().queueMappings()) {
            QueueMappingSpec last = queues.remove(spec.uuid());
            if (last == null || !last.equals(spec)) {
                sources.restart(spec, next);
                applied.add("mapping %s was %s".formatted(spec.logicalId(), last == null ? "added" : "changed"));
            }
        }
        queues.values().forEach(gone -> {
            sources.delete(gone);
            applied.add("mapping %s was removed".formatted(gone.logicalId()));
        });
    }

    private static <T> Map<String, T> byKey(List<T> all, Function<T, String> key) {
        Map<String, T> map = new LinkedHashMap<>();
        all.forEach(one -> map.put(key.apply(one), one));
        return map;
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
