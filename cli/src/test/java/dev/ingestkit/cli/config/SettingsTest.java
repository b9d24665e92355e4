package dev.ingestkit.cli.config;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ingestkit.cli.output.CliException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SettingsTest {

    @TempDir
    Path folder;

    private Path project = Path.of("");
    private Path user = Path.of("");

    @BeforeEach
    void makeFolders() throws IOException {
        project = Files.createDirectories(folder.resolve("project")).resolve(".ingest.yaml");
        user = Files.createDirectories(folder.resolve("config/ingest")).resolve("config.yaml");
    }

    private Settings settings(Map<String, String> environment) {
        Map<String, String> variables = new HashMap<>(environment);
        variables.put("XDG_CONFIG_HOME", folder.resolve("config").toString());
        return Settings.of(variables, folder.resolve("project"));
    }

    @Test
    void keysHaveTheirDefaultsAndVariables() {
        String keys = Arrays.stream(ConfigKey.values())
                .map(key -> "%s=%s %s".formatted(key.key(), key.fallback(), key.variables()))
                .collect(Collectors.joining("\n"));

        assertThat(keys).isEqualTo("""
            endpoint= [INGEST_ENDPOINT_URL, INGEST_ENDPOINT, AWS_ENDPOINT_URL]
            target=local [INGEST_TARGET]
            stack=ingest-kit [INGEST_STACK]
            region=us-east-1 [INGEST_REGION, AWS_REGION, AWS_DEFAULT_REGION]
            profile= [INGEST_PROFILE, AWS_PROFILE]
            output=table [INGEST_OUTPUT]
            color=auto [INGEST_COLOR]
            template= [INGEST_TEMPLATE]
            port=4566 [INGEST_PORT]
            data= [INGEST_DATA]
            state-dir= [INGEST_STATE_DIR]
            stream= [INGEST_STREAM]
            table= [INGEST_TABLE]
            queue= [INGEST_QUEUE]
            function= [INGEST_FUNCTION]\
            """);
    }

    @Test
    void theHelpShowsEachKeyAndEachVariable() throws IOException {
        String help;
        try (InputStream topic = ConfigKey.class.getResourceAsStream("/dev/ingestkit/cli/help/environment.txt")) {
            help = new String(requireNonNull(topic).readAllBytes(), StandardCharsets.UTF_8);
        }

        assertThat(ConfigKey.values())
                .allSatisfy(
                        key -> assertThat(help).contains(" " + key.key() + ": ").contains(key.variables()));
    }

    @Test
    void precedenceIsVariableProjectUserDefault() throws IOException {
        Files.writeString(user, "stack: of-the-user\nregion: eu-central-1\n");
        Files.writeString(project, "stack: of-the-project\n");

        Settings settings = settings(Map.of("AWS_REGION", "eu-west-1"));

        assertThat(settings.get(ConfigKey.REGION)).isEqualTo(new Settings.Setting("eu-west-1", "AWS_REGION"));
        assertThat(settings.get(ConfigKey.STACK)).isEqualTo(new Settings.Setting("of-the-project", project.toString()));
        assertThat(settings.get(ConfigKey.OUTPUT)).isEqualTo(new Settings.Setting("table", "default"));
        assertThat(settings(Map.of("INGEST_REGION", "sa-east-1", "AWS_REGION", "eu-west-1"))
                        .get(ConfigKey.REGION))
                .isEqualTo(new Settings.Setting("sa-east-1", "INGEST_REGION"));
    }

    @Test
    void aFilesValueBecomesTheKeysVariableWithTheFileAsOrigin() throws IOException {
        Files.writeString(user, "stack: mine\n");

        Settings settings = settings(Map.of());

        assertThat(settings.variables()).containsEntry("INGEST_STACK", "mine");
        assertThat(settings.origin("INGEST_STACK")).isEqualTo(user.toString());
        assertThat(settings.origin("--endpoint-url")).isEqualTo("--endpoint-url");
    }

    @Test
    void aPathInAFileIsRelativeToTheFile() throws IOException {
        Files.writeString(project, "template: stacks/orders.yaml\n");

        assertThat(settings(Map.of()).get(ConfigKey.TEMPLATE).value())
                .isEqualTo(folder.resolve("project/stacks/orders.yaml").toString());
    }

    @Test
    void anUnknownKeyIsAnErrorWithNearNames() throws IOException {
        Files.writeString(project, "regoin: eu-west-1\n");

        assertThatThrownBy(() -> settings(Map.of())).isInstanceOfSatisfying(CliException.class, failure -> {
            assertThat(failure.code()).isEqualTo("UNKNOWN_KEY");
            assertThat(failure.text()).isEqualTo(project + ": unknown key 'regoin'");
            assertThat(failure.hints()).isEqualTo(List.of("did you mean: region"));
        });
    }

    @Test
    void anUnknownKeyWithoutNearNamesListsAllKeys() throws IOException {
        Files.writeString(project, "zzz: 1\n");

        assertThatThrownBy(() -> settings(Map.of()))
                .isInstanceOfSatisfying(
                        CliException.class,
                        failure -> assertThat(failure.hints())
                                .singleElement()
                                .asString()
                                .startsWith("known keys: color, data, endpoint"));
    }

    @Test
    void anInvalidFileIsRejectedWithThePosition() throws IOException {
        for (String content : List.of("- a\n", "stack: [a]\n", "stack:\n", "stack: a: b\n", "output: xml\n")) {
            Files.writeString(project, content);

            assertThatThrownBy(() -> settings(Map.of()))
                    .as(content)
                    .isInstanceOfSatisfying(CliException.class, failure -> {
                        assertThat(failure.code()).isEqualTo("CONFIG_MALFORMED");
                        assertThat(failure.text()).contains(project.toString());
                    });
        }
    }

    @Test
    void onlyTheUserFileMayChooseAws() throws IOException {
        Files.writeString(user, "target: aws\n");
        assertThat(settings(Map.of()).variables()).containsEntry("INGEST_TARGET", "aws");

        Files.writeString(project, "target: aws\n");
        assertThatThrownBy(() -> settings(Map.of()))
                .isInstanceOfSatisfying(
                        CliException.class,
                        failure -> assertThat(failure.code()).isEqualTo("CONFIG_REFUSED"));
    }
}
