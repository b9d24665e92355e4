package dev.ingestkit.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ingestkit.local.functions.process.Interpreters;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Starts each template of the corpus: it runs with the warnings that the file beside it names, and each method of its APIs
 * that anyone may call answers what its function returns; or it is refused with the errors in that file.
 */
class CorpusStartTest {

    private static final Path CORPUS = Path.of("../../template-tests/corpus");
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static final String ECHO = """
        package corpus;

        import java.util.Map;

        public class Echo {
            public Map<String, Object> handle(Map<String, Object> event) {
                return Map.of("statusCode", 200, "body", "echo of " + event.get("path"));
            }
        }
        """;

    private static @TempDir Path directory;

    @BeforeAll
    static void copyTheCorpusWithCodeForItsFunctions() throws IOException {
        try (Stream<Path> files = Files.walk(CORPUS)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                Path copy = directory.resolve(CORPUS.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(copy);
                } else {
                    Files.copy(file, copy);
                }
            }
        }
        Path source = Files.writeString(directory.resolve("Echo.java"), ECHO);
        Path code = Files.createDirectories(directory.resolve("code"));
        int status = ToolProvider.getSystemJavaCompiler()
                .run(null, null, null, "--release", "17", "-d", code.toString(), source.toString());
        assertThat(status).isZero();
    }

    static List<String> templates() throws IOException {
        try (Stream<Path> files = Files.list(CORPUS)) {
            return files.map(file -> String.valueOf(file.getFileName()))
                    .filter(name -> name.endsWith(".yaml"))
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("templates")
    void eachTemplateRunsOrSaysWhyNot(String name) throws Exception {
        JsonNode expected =
                JSON.readTree(CORPUS.resolve(name.replaceFirst("yaml$", "json")).toFile());
        requireInterpreters(expected);
        LocalRuntimeConfig config = LocalRuntimeConfig.of(directory.resolve(name))
                .withPort(0)
                .withStackName("demo")
                .withRegion("eu-west-1");
        if (expected.has("errors")) {
            assertThatThrownBy(() -> LocalRuntime.start(config).close())
                    .isInstanceOf(StartException.class)
                    .hasMessageContaining(expected.at("/errors/0").textValue());
            return;
        }
        try (LocalRuntime runtime = LocalRuntime.start(config)) {
            List<String> named = prefixed(texts(expected.path("warnings")));
            assertThat(runtime.warnings()).startsWith(named.toArray(String[]::new));
            // What only the services know that they do not run has its position in the template, too.
            assertThat(runtime.warnings())
                    .allSatisfy(warning -> assertThat(warning).startsWith(directory + "/"));
            for (JsonNode resource : expected.path("resources")) {
                if (resource.path("type").asText().equals("AWS::ApiGateway::Stage")) {
                    callAll(runtime, expected, resource.path("properties"));
                }
            }
        }
    }

    /** Skips a template of functions for which this machine has no interpreter. */
    private static void requireInterpreters(JsonNode expected) {
        for (JsonNode resource : expected.path("resources")) {
            String runtime = resource.at("/properties/Runtime").asText("java");
            Optional<String> obstacle = runtime.startsWith("java")
                    ? Optional.empty()
                    : Interpreters.ofThisMachine().obstacle(runtime);
            assumeTrue(obstacle.isEmpty(), obstacle.orElse("runs"));
        }
    }

    private static List<String> texts(JsonNode list) {
        List<String> texts = new ArrayList<>();
        list.forEach(text -> texts.add(text.textValue()));
        return texts;
    }

    private static List<String> prefixed(List<String> warnings) {
        return warnings.stream().map(warning -> directory + "/" + warning).toList();
    }

    /** Calls each method of a stage that any client may call without a body. */
    private static void callAll(LocalRuntime runtime, JsonNode expected, JsonNode stage) throws Exception {
        String id = stage.path("RestApiId").textValue();
        for (JsonNode api : expected.path("resources")) {
            if (api.path("ref").asText().equals(id)) {
                for (Map.Entry<String, JsonNode> path :
                        api.path("properties").path("Body").path("paths").properties()) {
                    JsonNode get = path.getValue().path("get");
                    boolean isOpen = get.path("security").isEmpty()
                            && get.path("parameters").isEmpty();
                    if (isOpen
                            && get.at("/x-amazon-apigateway-integration/type")
                                    .asText()
                                    .equals("aws_proxy")) {
                        call(runtime, id, stage.path("StageName").textValue(), path.getKey());
                    }
                }
            }
        }
    }

    private static void call(LocalRuntime runtime, String id, String stage, String path) throws Exception {
        String called = path.replaceAll("\\{[^}]*}", "one");
        URI uri = URI.create("%s/_aws/execute-api/%s/%s%s".formatted(runtime.endpoint(), id, stage, called));
        HttpResponse<String> answer =
                CLIENT.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("echo of " + called);
    }
}
