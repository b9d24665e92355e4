package dev.ingestkit.cli.config;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The tool's settings without command-line options. Precedence: environment variable, project file ({@code
 * .ingest.yaml} in the working directory), user file, default. A file's value is passed on as the key's variable, so
 * that the rest of the tool reads one source. Immutable.
 */
public final class Settings {

    private static final String PROJECT_FILE = ".ingest.yaml";

    private final Map<String, String> variables;
    private final Map<ConfigKey, Setting> settings;
    private final List<Path> files;

    private Settings(Map<String, String> variables, Map<ConfigKey, Setting> settings, List<Path> files) {
        this.variables = Map.copyOf(variables);
        this.settings = new EnumMap<>(settings);
        this.files = List.copyOf(files);
    }

    /**
     * One setting.
     *
     * @param origin a variable, a file, or {@code default}
     */
    public record Setting(String value, String origin) {

        public Setting {
            requireNonNull(value, "value");
            requireNonNull(origin, "origin");
        }
    }

    /**
     * Reads the files and the environment.
     *
     * @throws dev.ingestkit.cli.output.CliException when a file is invalid
     */
    public static Settings of(Map<String, String> environment, Path workingDirectory) {
        List<ConfigFile> files = List.of(
                new ConfigFile(workingDirectory.resolve(PROJECT_FILE), true),
                new ConfigFile(userFile(environment), false));
        List<Map<ConfigKey, String>> values = new ArrayList<>();
        files.forEach(file -> values.add(file.read()));
        Map<String, String> variables = new HashMap<>(environment);
        Map<ConfigKey, Setting> settings = new EnumMap<>(ConfigKey.class);
        for (ConfigKey key : ConfigKey.values()) {
            Optional<Setting> variable = environment(key, environment);
            Optional<Setting> written = variable.isPresent() ? Optional.empty() : inFile(key, files, values);
            written.ifPresent(setting -> variables.put(key.variables().get(0), setting.value()));
            settings.put(key, variable.or(() -> written).orElseGet(() -> new Setting(key.fallback(), "default")));
        }
        return new Settings(
                variables, settings, files.stream().map(ConfigFile::path).toList());
    }

    private static Optional<Setting> environment(ConfigKey key, Map<String, String> environment) {
        return key.variables().stream()
                .filter(variable -> !environment.getOrDefault(variable, "").isBlank())
                .findFirst()
                .map(variable -> new Setting(environment.getOrDefault(variable, ""), variable));
    }

    private static Optional<Setting> inFile(
            ConfigKey key, List<ConfigFile> files, List<Map<ConfigKey, String>> values) {
        for (int file = 0; file < files.size(); file++) {
            String value = values.get(file).get(key);
            if (value != null) {
                return Optional.of(new Setting(value, files.get(file).path().toString()));
            }
        }
        return Optional.empty();
    }

    private static Path userFile(Map<String, String> environment) {
        String configured = environment.getOrDefault("XDG_CONFIG_HOME", "");
        Path base = configured.isEmpty()
                ? Path.of(environment.getOrDefault("HOME", System.getProperty("user.home")), ".config")
                : Path.of(configured);
        return base.resolve("ingest").resolve("config.yaml");
    }

    /** Returns the environment's variables, completed by the files. */
    public Map<String, String> variables() {
        return variables;
    }

    /** Returns the setting of a key, which may be the default. */
    public Setting get(ConfigKey key) {
        return requireNonNull(settings.get(key));
    }

    /** Returns the origin of a variable's value: the variable's name, or the file that set it. */
    public String origin(String variable) {
        return settings.entrySet().stream()
                .filter(entry -> entry.getKey().variables().get(0).equals(variable))
                .map(entry -> entry.getValue().origin())
                .filter(origin -> !origin.equals("default"))
                .findFirst()
                .orElse(variable);
    }

    /** Returns the configuration files in order of precedence, whether they exist or not. */
    public List<Path> files() {
        return files;
    }
}
