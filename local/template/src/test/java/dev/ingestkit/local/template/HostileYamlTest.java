package dev.ingestkit.local.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ingestkit.local.template.model.Problem;
import dev.ingestkit.local.template.model.TemplateException;
import dev.ingestkit.local.template.yaml.YamlSource;
import org.junit.jupiter.api.Test;

class HostileYamlTest {

    private static JsonNode json(String text) {
        return YamlSource.read("t.yaml", text).root().json();
    }

    private static void refused(String text, String message) {
        assertThatThrownBy(() -> YamlSource.read("t.yaml", text))
                .isInstanceOf(TemplateException.class)
                .hasMessageContaining(message);
    }

    @Test
    void multiplyingAliasesAreRefused() {
        StringBuilder bomb = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
        for (int level = 1; level < 9; level++) {
            String below = "*a" + (level - 1);
            bomb.append("a%d: &a%d [%s]\n".formatted(level, level, (below + ", ").repeat(9) + below));
        }
        refused(bomb.toString(), "aliases expand to more than 200000 nodes");
    }

    @Test
    void anAliasToItselfIsRefused() {
        refused("a: &a\n  b: *a\n", "an alias refers to a node that contains it");
    }

    @Test
    void nestingBeyondTheLimitIsRefusedAtItsPosition() {
        refused("[".repeat(50_000), "t.yaml:1:101: nested deeper than 100 levels");
        refused("a: {".repeat(200), "nested deeper than 100 levels");
    }

    @Test
    void textOverTheQuotaIsRefused() {
        refused("a: " + "x".repeat(YamlSource.MAX_CHARACTERS), "CloudFormation accepts at most 1048576");
    }

    @Test
    void malformedYamlIsReportedWithLineAndColumn() {
        refused("Resources:\n  A:\n   - x\n  - y\n", "t.yaml:4:3: ");
        refused("a: 1\na: 2\n", "t.yaml:2:1: the key a occurs twice in this map");
        refused("a: @b\n", "t.yaml:1:4: ");
        refused("a: 1\n--- \nb: 2\n", "t.yaml:2:1: ");
        refused("", "the template is empty");
        refused("a: b\u0001\n", "U+0001");
        refused("a: !Nope b\n", "t.yaml:1:4: a: !Nope is not a CloudFormation function");
        refused("a: !!binary aGk=\n", "is not supported by CloudFormation");
        refused("? [a]\n: b\n", "a map's key must be a string");
    }

    @Test
    void unquotedScalarsFollowYaml11() {
        assertThat(json("[yes, No, on, 010, 0x1F, 1_000, 1.50, 1:30, ~, null, '']")
                        .toString())
                .isEqualTo("[true,false,true,8,31,1000,1.50,90,null,null,\"\"]");
    }

    @Test
    void datesVersionsAndAccountNumbersStayText() {
        assertThat(json("[2012-10-17, 3.0.1, 012345678901, 'yes', \"010\", yEs, y, 1e3x]")
                        .toString())
                .isEqualTo("[\"2012-10-17\",\"3.0.1\",\"012345678901\",\"yes\",\"010\",\"yEs\",\"y\",\"1e3x\"]");
    }

    @Test
    void keysAreAlwaysText() {
        assertThat(json("{on: 1, 200: 2, null: 3}").toString()).isEqualTo("{\"on\":1,\"200\":2,\"null\":3}");
    }

    @Test
    void ambiguousScalarsGetAWarning() {
        assertThat(YamlSource.read("t.yaml", "a: yes\nb: 0755\nc: true\nd: 'no'\ne: 12345e67\n")
                        .warnings())
                .extracting(Problem::toString)
                .containsExactly(
                        "t.yaml:1:4: a: yes without quotes is true in YAML 1.1, which CloudFormation reads;"
                                + " quote it if text is meant",
                        "t.yaml:2:4: b: 0755 without quotes is 493 in YAML 1.1, which CloudFormation reads;"
                                + " quote it if text is meant",
                        "t.yaml:5:4: e: 12345e67 without quotes is 1.2345E+71 in YAML 1.1, which CloudFormation reads;"
                                + " quote it if text is meant");
    }

    @Test
    void anchorsAndMergesWork() {
        assertThat(json("a: &a {x: 1, y: 2}\nb: {<<: *a, y: 3}\nc: *a\n")
                        .get("b")
                        .toString())
                .isEqualTo("{\"y\":3,\"x\":1}");
    }

    @Test
    void jsonIsReadWithTabsAndEscapes() {
        assertThat(json("{\n\t\"a\":\t[true, null, 1.5e3, \"\\u00e9\\/\\n\"],\n\t\"b\": \"yes\"\n}")
                        .toString())
                .isEqualTo("{\"a\":[true,null,1.5E+3,\"é/\\n\"],\"b\":\"yes\"}");
    }
}
