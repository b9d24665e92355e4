package dev.ingestkit.local.wiring;

import dev.ingestkit.local.functions.FunctionConfig;
import dev.ingestkit.local.template.spec.ApiSpec;
import dev.ingestkit.local.template.spec.HttpApiSpec;
import dev.ingestkit.local.template.spec.MappingSpec;
import dev.ingestkit.local.template.spec.QueueMappingSpec;
import dev.ingestkit.local.template.spec.RuleSpec;
import dev.ingestkit.local.template.spec.Stack;
import dev.ingestkit.local.template.spec.SubscriptionSpec;
import dev.ingestkit.local.template.spec.TopicSpec;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * The parts of the template that the stack runs, each by its key. They are those of the template that was read last, unless
 * a change failed midway or needs a restart. Not thread-safe.
 *
 * @param apis REST APIs by id and stage
 * @param httpApis HTTP APIs by id and stage
 * @param mappings by id
 */
record AppliedParts(
        Map<String, FunctionConfig> functions,
        Map<String, ApiSpec> apis,
        Map<String, HttpApiSpec> httpApis,
        Map<String, MappingSpec> mappings,
        Events events,
        Data data) {

    /** The parts that pass events on. */
    record Events(
            Map<String, QueueMappingSpec> queueMappings,
            Map<String, TopicSpec> topics,
            Map<String, SubscriptionSpec> subscriptions,
            Map<String, String> buses,
            Map<String, RuleSpec> rules) {}

    /** The resources that hold data; empty while it is unknown which of a change were applied. */
    static final class Data {
        private Optional<Stack.Data> applied;

        private Data(Stack.Data applied) {
            this.applied = Optional.of(applied);
        }

        boolean equalTo(Stack.Data next) {
            return applied.filter(next::equals).isPresent();
        }

        void unknown() {
            applied = Optional.empty();
        }

        void applied(Stack.Data next) {
            applied = Optional.of(next);
        }
    }

    /** Returns all parts of a stack. */
    static AppliedParts of(Stack stack, Map<String, Integer> debugPorts) {
        Stack.Events events = stack.events();
        return new AppliedParts(
                byKey(Functions.configs(stack.compute().functions(), debugPorts), FunctionConfig::name),
                byKey(stack.compute().apis(), AppliedParts::stage),
                byKey(stack.compute().httpApis(), AppliedParts::stage),
                byKey(stack.compute().mappings(), MappingSpec::uuid),
                new Events(
                        byKey(events.queueMappings(), QueueMappingSpec::uuid),
                        byKey(events.topics(), TopicSpec::name),
                        byKey(events.subscriptions(), SubscriptionSpec::logicalId),
                        byKey(events.buses(), Function.identity()),
                        byKey(events.rules(), RuleSpec::name)),
                new Data(stack.data()));
    }

    /** Returns these parts with other functions. */
    AppliedParts withFunctions(Map<String, FunctionConfig> others) {
        return new AppliedParts(others, apis, httpApis, mappings, events, data);
    }

    static String stage(ApiSpec api) {
        return api.id() + "/" + api.stage().name();
    }

    static String stage(HttpApiSpec api) {
        return api.id() + "/" + api.stage().name();
    }

    static <T> Map<String, T> byKey(List<T> all, Function<T, String> key) {
        Map<String, T> map = new LinkedHashMap<>();
        all.forEach(one -> map.put(key.apply(one), one));
        return map;
    }
}
