package dev.ingestkit.cli.output.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.smithy.jmespath.JmespathException;

/** The results that the Python implementation behind {@code aws --query} gives for the same expressions. */
final class JmespathQueryTest {

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final String DOCUMENT = """
        {"a":1,"b":"x","c":[1,2,3],"m":1.5,"t":true,"g":[[1,[2]],[3],4],"s":["b","a","\\ud83d\\ude00","\\uff5e"],
         "d":{"e":[{"n":"z","k":2},{"n":"y","k":1},{"n":"w"}],"f":null},"dates":["2026-01-01","2025-01-01"]}
        """;

    private static JsonNode evaluate(String expression) throws IOException {
        return JmespathQuery.parse(expression).evaluate(MAPPER.readTree(DOCUMENT));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            quoteCharacter = '~',
            value = {
                "a                                     # 1",
                "d.e[*].n                              # [\"z\",\"y\",\"w\"]",
                "d.e[?k>`1`].n                         # [\"z\"]",
                "d.e[?!k].n                            # [\"w\"]",
                "c[-1]                                 # 3",
                "c[::-1]                               # [3,2,1]",
                "c[10:0:-1]                            # [3,2]",
                "g[]                                   # [1,[2],3,4]",
                "d.e[*].[n,k]                          # [[\"z\",2],[\"y\",1],[\"w\",null]]",
                "{x:a,y:b}                             # {\"x\":1,\"y\":\"x\"}",
                "d.f || a                              # 1",
                "d.e[*].n | [0]                        # \"z\"",
                "dates[?@ > '2025-06-01']              # [\"2026-01-01\"]",
                "'a' < 'b'                             # true",
                "a < b                                 # null",
                "`x`                                   # \"x\"",
                "`foo bar`                             # \"foo bar\"",
                "`1` == `1.0`                          # true",
                "`[1]` == `[1.0]`                      # true",
                "`true` == `1`                         # false",
                "`9007199254740993` == `9007199254740992.0` # false",
                "`0.0` == `-0.0`                       # true",
                "abs(`-9223372036854775808`)           # 9223372036854775808",
                "ceil(`1.5`)                           # 2",
                "floor(`-1.5`)                         # -2",
                "sum(`[9223372036854775807,1]`)        # 9223372036854775808",
                "sum(`[]`)                             # 0",
                "avg(`[]`)                             # null",
                "avg(c)                                # 2.0",
                "max(c)                                # 3",
                "min(s)                                # \"a\"",
                "sort(s)[-1]                           # \"\\ud83d\\ude00\"",
                "sort_by(d.e, &n)[0].n                 # \"w\"",
                "max_by(d.e, &n).n                     # \"z\"",
                "map(&k, d.e)                          # [2,1,null]",
                "length('\uD83D\uDE00')                # 1",
                "reverse(c)                            # [3,2,1]",
                "keys(d)                               # [\"e\",\"f\"]",
                "to_array(a)                           # [1]",
                "to_string(`1e20`)                     # \"1e+20\"",
                "to_string(`{\"a\":[1,2]}`)            # \"{\\\"a\\\":[1,2]}\"",
                "to_number('12345678901234567890')     # 12345678901234567890",
                "to_number('x')                        # null",
                "type(t)                               # \"boolean\"",
                "contains(b, 'x')                      # true",
                "contains(c, `2.0`)                    # true",
                "join(',', dates)                      # \"2026-01-01,2025-01-01\"",
                "merge(d, `{\"z\":1}`).z               # 1",
                "not_null(d.f, a)                      # 1",
                "starts_with(b, 'x')                   # true"
            })
    void expressionsHaveTheResultsOfAws(String expression, String result) throws IOException {
        JsonNode expected = MAPPER.readTree(result);

        JsonNode found = evaluate(expression);

        assertThat(Values.equal(found, expected))
                .as("%s: %s", expression, found)
                .isTrue();
        assertThat(found.isIntegralNumber()).as("%s is whole", found).isEqualTo(expected.isIntegralNumber());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "join(',', `[1]`)",
                "merge()",
                "length()",
                "length(a, b)",
                "length(a)",
                "nosuch(a)",
                "sort(`[1,\"a\"]`)",
                "max_by(`[{\"k\":null}]`, &k)",
                "sum(s)",
                "keys(c)",
                "map(&n, a)",
                "sort_by(c, n)",
                "c[0:2:0]",
                "\"length\"(b)",
                "[?",
                "a.",
                "`{`"
            })
    void expressionsThatAwsRejectsAreRejected(String expression) {
        assertThatThrownBy(() -> evaluate(expression)).isInstanceOf(JmespathException.class);
    }
}
