package dev.ingestkit.cli.output;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class FieldFormatTest {

    private static final Set<String> FIELDS = Set.of("id", "data");

    private static String of(String format, String record) throws JsonProcessingException {
        return FieldFormat.parse(format, FIELDS).of(new ObjectMapper().readTree(record));
    }

    @Test
    void fillsInFieldsAndNestedFields() throws Exception {
        assertThat(of(
                        "{id}\\t{data.customer.name} {data.no}\\n",
                        "{\"id\":7,\"data\":{\"customer\":{\"name\":\"Ada\"}}}"))
                .isEqualTo("7\tAda -\n");
        assertThat(of("\\{{id}\\} \\\\", "{\"id\":\"a\"}")).isEqualTo("{a} \\");
    }

    @Test
    void removesControlCharactersOfValues() throws Exception {
        assertThat(of("{id}\\n", "{\"id\":\"a\\u001b[2J\\u009b\\u202eb\\nc\"}"))
                .isEqualTo("a\uFFFD[2J\uFFFD\uFFFDb c\n");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "{nope}; unknown field 'nope'",
                "{nope.id}; unknown field",
                "{id; without",
                "{}; without",
                "\\q; escape",
                "a\\; at the end"
            })
    void rejectsInvalidFormats(String format, String reason) {
        assertThatThrownBy(() -> FieldFormat.parse(format, FIELDS))
                .isInstanceOf(CliException.class)
                .hasMessageContaining("--format '" + format + "'")
                .hasMessageContaining(reason);
    }
}
