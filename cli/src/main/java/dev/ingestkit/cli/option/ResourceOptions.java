package dev.ingestkit.cli.option;

import dev.ingestkit.cli.aws.ResourceKind;
import dev.ingestkit.cli.aws.ResourceNames;
import dev.ingestkit.cli.config.ConfigKey;
import dev.ingestkit.cli.config.Settings;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that choose among several resources of a stack; a stack with one of each kind needs none of them. */
public final class ResourceOptions {

    private static final Map<ResourceKind, ConfigKey> KEYS = Map.of(
            ResourceKind.STREAM, ConfigKey.STREAM,
            ResourceKind.TABLE, ConfigKey.TABLE,
            ResourceKind.QUEUE, ConfigKey.QUEUE,
            ResourceKind.FUNCTION, ConfigKey.FUNCTION);

    @Option(names = "--stream", paramLabel = "NAME", description = "The stream, if the stack has several.")
    @Nullable
    String stream;

    @Option(names = "--table", paramLabel = "NAME", description = "The table, if the stack has several.")
    @Nullable
    String table;

    @Option(names = "--queue", paramLabel = "NAME", description = "The dead letter queue, if the stack has several.")
    @Nullable
    String queue;

    @Option(names = "--function", paramLabel = "NAME", description = "The function, if the stack has several.")
    @Nullable
    String function;

    /** Returns the chosen names: of the options, then of variables and configuration files. */
    public ResourceNames names(Settings settings) {
        ResourceNames names = ResourceNames.none();
        for (ResourceKind kind : KEYS.keySet()) {
            Settings.Setting set = settings.get(KEYS.getOrDefault(kind, ConfigKey.STREAM));
            names = names.or(kind, given(kind), kind.option()).or(kind, Optional.of(set.value()), set.origin());
        }
        return names;
    }

    /** Returns the name of the option for a kind, without variables and files. */
    public Optional<String> given(ResourceKind kind) {
        return Optional.ofNullable(
                switch (kind) {
                    case STREAM -> stream;
                    case TABLE -> table;
                    case QUEUE -> queue;
                    case FUNCTION -> function;
                    case SECRET, API, STAGE, MAPPING -> null;
                });
    }
}
