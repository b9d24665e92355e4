package dev.ingestkit.local.lambda;

import static java.util.Objects.requireNonNull;

import dev.ingestkit.local.functions.FunctionConfig;
import dev.ingestkit.local.functions.FunctionHost;
import dev.ingestkit.local.template.spec.FunctionSpec;
import dev.ingestkit.local.template.spec.Stack;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** A stack's functions as Lambda's API lists them. Thread-safe. */
public final class StackFunctions implements FunctionCatalog {

    private final Stack stack;
    private final FunctionHost functions;
    private final Instant deployed;

    public StackFunctions(Stack stack, FunctionHost functions, Instant deployed) {
        this.stack = requireNonNull(stack, "stack");
        this.functions = requireNonNull(functions, "functions");
        this.deployed = requireNonNull(deployed, "deployed");
    }

    @Override
    public List<Entry> functions() {
        return functions.functions().stream().map(this::entry).toList();
    }

    private Entry entry(FunctionConfig config) {
        FunctionSpec spec = stack.compute().functions().stream()
                .filter(candidate -> candidate.name().equals(config.name()))
                .findFirst()
                .orElseThrow();
        List<Alias> aliases = spec.aliases().stream()
                .map(alias -> new Alias(alias.name(), alias.version()))
                .toList();
        return new Entry(config, spec.role(), deployed, size(config.code().path()), aliases, Map.of());
    }

    private static long size(Path code) {
        try {
            return Files.isRegularFile(code) ? Files.size(code) : 0;
        } catch (IOException unreadable) {
            throw new UncheckedIOException("cannot read " + code, unreadable);
        }
    }
}
