package dev.ingestkit.local.template;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The directories of inline code. */
class InlineCodeTest {

    private static Path directory(String runtime, String source) {
        return InlineCode.directory(runtime, source).orElseThrow();
    }

    @Test
    void aSourceIsInAFileNamedIndex() {
        assertThat(directory("python3.13", "print(1)").resolve("index.py")).hasContent("print(1)");
        assertThat(directory("nodejs22.x", "exports.a = 1").resolve("index.js")).hasContent("exports.a = 1");
    }

    @Test
    void theSameSourceHasTheSameDirectory() {
        assertThat(directory("python3.13", "a = 1")).isEqualTo(directory("python3.12", "a = 1"));
        assertThat(directory("python3.13", "a = 1")).isNotEqualTo(directory("python3.13", "a = 2"));
    }

    @Test
    void theModuleForCustomResourcesIsBesideSourcesThatNameIt() {
        Path python = directory("python3.13", "import cfnresponse");
        Path node = directory("nodejs22.x", "require('cfn-response')");

        assertThat(python.resolve("cfnresponse.py")).isRegularFile();
        assertThat(node.resolve("node_modules/cfn-response.js")).isRegularFile();
        assertThat(directory("python3.13", "pass").resolve("cfnresponse.py")).doesNotExist();
    }

    @Test
    void otherLanguagesHaveNoInlineCode() {
        assertThat(InlineCode.directory("java17", "class A {}")).isEmpty();
    }
}
