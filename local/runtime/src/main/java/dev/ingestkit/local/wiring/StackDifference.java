package dev.ingestkit.local.wiring;

import dev.ingestkit.local.functions.FunctionConfig;
import dev.ingestkit.local.template.spec.FunctionSpec;
import dev.ingestkit.local.template.spec.Stack;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What a changed template says otherwise than the one that a runtime was started with: its resources and outputs, with
 * all references resolved. Positions in the file do not count, nor what has no effect here. Used by one thread.
 */
final class StackDifference {

    private final Stack runs;
    private final Stack next;
    private final Map<String, Integer> debugPorts;

    private StackDifference(Stack runs, Stack next, Map<String, Integer> debugPorts) {
        this.runs = runs;
        this.next = next;
        this.debugPorts = debugPorts;
    }

    /** Returns all differences as changes that need a restart. */
    static StackChanges atRestart(Stack runs, Stack next, Map<String, Integer> debugPorts) {
        return new StackChanges(List.of(), new StackDifference(runs, next, debugPorts).lines());
    }

    /** Returns one line for each resource and output that differs, in the order of the templates. */
    private List<String> lines() {
        Map<String, String> types = new LinkedHashMap<>();
        next.resources().forEach(resource -> types.put(resource.logicalId(), resource.type()));
        runs.resources().forEach(resource -> types.putIfAbsent(resource.logicalId(), resource.type()));
        List<String> lines = new ArrayList<>();
        Map<String, List<Object>> before = resources(runs);
        Map<String, List<Object>> after = resources(next);
        types.forEach((id, type) -> add(lines, "%s (%s)".formatted(id, type), before.get(id), after.get(id)));
        Map<String, String> values = next.outputValues();
        TreeSet<String> outputs = new TreeSet<>(values.keySet());
        outputs.addAll(runs.outputValues().keySet());
        outputs.forEach(name -> add(lines, "output " + name, runs.outputValues().get(name), values.get(name)));
        return lines;
    }

    private static void add(List<String> lines, String what, @Nullable Object before, @Nullable Object after) {
        if (!Objects.equals(before, after)) {
            lines.add("%s was %s".formatted(what, before == null ? "added" : after == null ? "removed" : "changed"));
        }
    }

    /** Returns what the runtime knows of each resource, by logical id. */
    private Map<String, List<Object>> resources(Stack stack) {
        Map<String, List<Object>> all = new LinkedHashMap<>();
        stack.resources().forEach(one -> put(all, one.logicalId(), List.of(one.type(), one.physicalId())));
        List<FunctionConfig> functions = Functions.configs(stack.compute().functions(), debugPorts);
        for (int index = 0; index < functions.size(); index++) {
            FunctionSpec spec = stack.compute().functions().get(index);
            put(all, spec.logicalId(), functions.get(index));
            stack.events().asynchronous().stream()
                    .filter(one -> spec.isNamed(one.functionArn()))
                    .forEach(one -> put(all, spec.logicalId(), one));
        }
        stack.compute().mappings().forEach(one -> put(all, one.logicalId(), one));
        stack.compute().apis().forEach(one -> put(all, one.logicalId(), List.of(one.body(), one.stage())));
        stack.compute().httpApis().forEach(one -> put(all, one.logicalId(), List.of(one.body(), one.stage())));
        data(stack.data(), all);
        stack.events().queueMappings().forEach(one -> put(all, one.logicalId(), one));
        stack.events().topics().forEach(one -> put(all, one.logicalId(), one));
        stack.events().subscriptions().forEach(one -> put(all, one.logicalId(), one));
        stack.events().rules().forEach(one -> put(all, one.logicalId(), one));
        return all;
    }

    private static void data(Stack.Data data, Map<String, List<Object>> all) {
        data.streams().forEach(one -> put(all, one.logicalId(), one));
        data.consumers().forEach(one -> put(all, one.logicalId(), one));
        data.tables().forEach(one -> put(all, one.logicalId(), one));
        data.queues().forEach(one -> put(all, one.logicalId(), one));
        data.secrets().forEach(one -> put(all, one.logicalId(), one));
        data.rotations().forEach(one -> put(all, one.logicalId(), one));
        data.buckets().forEach(one -> put(all, one.logicalId(), one));
    }

    private static void put(Map<String, List<Object>> all, String logicalId, Object value) {
        all.computeIfAbsent(logicalId, id -> new ArrayList<>()).add(value);
    }
}
