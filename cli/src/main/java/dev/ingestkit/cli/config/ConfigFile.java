package dev.ingestkit.cli.config;

import static java.util.Objects.requireNonNull;

import dev.ingestkit.cli.output.CliException;
import dev.ingestkit.cli.output.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/** One configuration file: a YAML mapping of keys to plain values, checked when it is read. */
record ConfigFile(Path path, boolean project) {

    private static final String MALFORMED = "CONFIG_MALFORMED";

    ConfigFile {
        requireNonNull(path, "path");
    }

    /**
     * Reads the file; a missing file sets nothing.
     *
     * @throws CliException for a file that is not such a mapping, an unknown key, or an invalid value
     */
    Map<ConfigKey, String> read() {
        Map<ConfigKey, String> values = new EnumMap<>(ConfigKey.class);
        if (!Files.exists(path)) {
            return values;
        }
        for (Map.Entry<?, ?> entry : mapping().entrySet()) {
            String name = String.valueOf(entry.getKey());
            ConfigKey key = ConfigKey.of(name).orElseThrow(() -> unknown(name));
            values.put(key, value(key, entry.getValue()));
        }
        return values;
    }

    private Map<?, ?> mapping() {
        Object document;
        try {
            document = new Load(LoadSettings.builder().setLabel(path.toString()).build())
                    .loadFromString(Files.readString(path));
        } catch (YamlEngineException malformed) {
            throw new CliException(MALFORMED, ExitCode.USAGE, "'%s' is not valid YAML".formatted(path))
                    .because(String.valueOf(malformed.getMessage()).replaceAll("\\s+", " "), malformed);
        } catch (IOException unreadable) {
            throw new CliException("CONFIG_UNREADABLE", ExitCode.USAGE, "cannot read '%s'".formatted(path))
                    .because(unreadable.toString(), unreadable);
        }
        if (document == null) {
            return Map.of();
        }
        if (!(document instanceof Map<?, ?> mapping)) {
            throw new CliException(MALFORMED, ExitCode.USAGE, "'%s' is not a YAML mapping".formatted(path))
                    .hint("write a key and its value per line: region: eu-central-1");
        }
        return mapping;
    }

    private String value(ConfigKey key, @Nullable Object value) {
        if (value == null || value instanceof Map || value instanceof List) {
            throw new CliException(
                    MALFORMED, ExitCode.USAGE, "%s: '%s' needs a single value".formatted(path, key.key()));
        }
        String text = value.toString();
        if (!key.allowed().isEmpty() && !key.allowed().contains(text.toLowerCase(Locale.ROOT))) {
            throw new CliException(
                            MALFORMED,
                            ExitCode.USAGE,
                            "%s: '%s' is not a valid value of '%s'".formatted(path, text, key.key()))
                    .hint("allowed values: " + String.join(", ", new TreeSet<>(key.allowed())));
        }
        if (project && key == ConfigKey.TARGET && text.equalsIgnoreCase("aws")) {
            throw new CliException(
                            "CONFIG_REFUSED",
                            ExitCode.USAGE,
                            "%s: a project's configuration file cannot choose AWS".formatted(path))
                    .because("commands in this directory would use a real account without being told to", null)
                    .hint("use --aws, or set it in your user configuration file: ingest-cli config path");
        }
        return key.isPath()
                ? requireNonNull(path.toAbsolutePath().getParent())
                        .resolve(text)
                        .normalize()
                        .toString()
                : text;
    }

    private CliException unknown(String name) {
        List<String> known =
                Arrays.stream(ConfigKey.values()).map(ConfigKey::key).sorted().toList();
        List<String> near = KeySuggestions.of(name, known);
        CliException failure =
                new CliException("UNKNOWN_KEY", ExitCode.USAGE, "%s: unknown key '%s'".formatted(path, name));
        return near.isEmpty()
                ? failure.hint("known keys: " + String.join(", ", known))
                : failure.hint("did you mean: " + String.join(", ", near));
    }
}
