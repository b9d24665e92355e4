package dev.ingestkit.local.template;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ingestkit.local.template.resource.ResourceType;
import dev.ingestkit.local.template.resource.ResourceTypes;
import dev.ingestkit.local.template.resource.Support;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Keeps the table of types in the reference true; {@code -Dingest.update=true} rewrites it. */
class TemplateTypesPageTest {

    private static final Path PAGE = Path.of("../../docs/reference/templates.md");
    private static final String HEAD = """
        | Type | In a local run | Properties that run or rightly have no effect | Named as not run |
        | --- | --- | --- | --- |
        """;

    @Test
    void thePageListsTheTypesThatTheCodeKnows() throws IOException {
        String page = Files.readString(PAGE);
        int table = page.indexOf(HEAD);
        assertThat(table).isPositive();
        String expected = page.substring(0, table)
                + HEAD
                + ResourceTypes.all().stream().map(TemplateTypesPageTest::row).collect(Collectors.joining());
        if (Boolean.getBoolean("ingest.update")) {
            Files.writeString(PAGE, expected);
        }
        assertThat(Files.readString(PAGE)).isEqualTo(expected);
    }

    private static String row(ResourceType type) {
        return "| `%s` | %s | %s | %s |\n"
                .formatted(
                        type.name(),
                        switch (type.support()) {
                            case RUN -> "runs";
                            case ACCEPTED -> "no effect";
                            case NOT_RUN -> "not run";
                        },
                        type.support() == Support.RUN ? names(type.properties()) : "any",
                        names(type.namedProperties()));
    }

    private static String names(Set<String> names) {
        return names.isEmpty()
                ? ""
                : new TreeSet<>(names).stream().map(name -> "`" + name + "`").collect(Collectors.joining(", "));
    }
}
