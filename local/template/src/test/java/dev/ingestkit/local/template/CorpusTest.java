package dev.ingestkit.local.template;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ingestkit.local.template.intrinsic.TemplateContext;
import dev.ingestkit.local.template.model.Problem;
import dev.ingestkit.local.template.model.Problems;
import dev.ingestkit.local.template.model.TemplateException;
import dev.ingestkit.local.template.resource.Resource;
import dev.ingestkit.local.template.resource.ResourceTypes;
import dev.ingestkit.local.template.resource.Support;
import dev.ingestkit.local.template.spec.ApiSpec;
import dev.ingestkit.local.template.spec.HttpApiSpec;
import dev.ingestkit.local.template.spec.RuntimeNames;
import dev.ingestkit.local.template.spec.RuntimeSupport;
import dev.ingestkit.local.template.spec.Stack;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Reads each template of the corpus and compares what comes out with the file beside it: resources with their resolved
 * properties, outputs, warnings, errors. {@code -Dingest.update=true} rewrites these files. {@code template-tests}
 * compares them with what SAM's own transform makes.
 */
class CorpusTest {

    static final Path CORPUS = Path.of("../../template-tests/corpus");

    private static final RuntimeNames NAMES =
            new RuntimeNames("demo", "eu-west-1", "000000000000", URI.create("http://localhost:4566"));
    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    static List<Path> templates() throws IOException {
        try (Stream<Path> files = Files.list(CORPUS)) {
            return files.filter(file -> file.toString().endsWith(".yaml"))
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("templates")
    void eachTemplateIsReadAsExpected(Path template) throws IOException {
        String actual = JSON.writeValueAsString(outcome(template)) + "\n";
        Path expected = Path.of(template.toString().replaceFirst("yaml$", "json"));
        if (Boolean.getBoolean("ingest.update")) {
            Files.writeString(expected, actual);
        }
        assertThat(actual).isEqualTo(Files.readString(expected));
    }

    /** The corpus is for a machine that has each interpreter. */
    private static Optional<String> obstacle(String runtime) {
        return runtime.matches("python.*|nodejs.*") ? Optional.empty() : RuntimeSupport.JAVA.obstacle(runtime);
    }

    private static ObjectNode outcome(Path file) throws IOException {
        ObjectNode outcome = JsonNodeFactory.instance.objectNode();
        try {
            Template template = Template.of(String.valueOf(file.getFileName()), Files.readString(file), CORPUS)
                    .on(CorpusTest::obstacle);
            Stack stack = template.resolve(NAMES, Map.of());
            problems(outcome.putArray("warnings"), stack.warnings());
            ObjectNode outputs = outcome.putObject("outputs");
            stack.outputValues().forEach(outputs::put);
            ObjectNode resources = outcome.putObject("resources");
            for (Resource resource : resources(template)) {
                resource(resources, resource, stack);
            }
        } catch (TemplateException refused) {
            problems(outcome.putArray("errors"), refused.problems());
        }
        return outcome;
    }

    private static void problems(ArrayNode list, List<Problem> problems) {
        problems.forEach(problem -> list.add(problem.toString()));
    }

    private static List<Resource> resources(Template template) {
        TemplateContext context = template.context(NAMES, Map.of(), new ArrayList<>());
        NestedStacks nested = new NestedStacks(context, List.of(template.file()));
        Problems problems = new Problems();
        List<Resource> resources = new StackLayout(template, context, Map.of(), nested).resolve(problems);
        problems.throwIfAny();
        return resources;
    }

    private static void resource(ObjectNode resources, Resource resource, Stack stack) {
        String stackName = resource.catalog().context().names().stackName();
        String id = stackName.equals(NAMES.stackName()) ? resource.logicalId() : stackName + "." + resource.logicalId();
        ObjectNode made = resources.putObject(id);
        made.put("type", resource.type());
        made.put("ref", resource.summary().physicalId());
        ObjectNode attributes = made.putObject("attributes");
        for (String attribute : List.of("Arn", "StreamArn", "TopicArn", "Version", "QueueName")) {
            resource.findAttribute(attribute).ifPresent(value -> attributes.put(attribute, value));
        }
        if (ResourceTypes.of(resource.type()).support() == Support.RUN) {
            ObjectNode properties = made.putObject("properties");
            resource.properties().node().entries().forEach((name, node) -> properties.set(name, node.json()));
            Stream.concat(
                            stack.compute().apis().stream()
                                    .filter(api -> api.id().equals(resource.physicalId()))
                                    .map(ApiSpec::body),
                            stack.compute().httpApis().stream()
                                    .filter(api -> api.id().equals(resource.physicalId()))
                                    .map(HttpApiSpec::body))
                    .findFirst()
                    .ifPresent(body -> properties.set("Body", body));
        }
    }
}
