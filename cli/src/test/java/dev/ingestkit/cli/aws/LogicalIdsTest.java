package dev.ingestkit.cli.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ingestkit.cli.output.CliException;
import dev.ingestkit.cli.output.ExitCode;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class LogicalIdsTest {

    @Test
    void theNestedStacksNameMayBeLeftOut() {
        assertThat(LogicalIds.find("Keep", List.of("Other", "fleet-Keeper.Keep")))
                .contains("fleet-Keeper.Keep");
    }

    @Test
    void aWholeIdComesBeforeTheEndOfAnother() {
        assertThat(LogicalIds.find("Writer", List.of("app-Child.Writer", "Writer")))
                .contains("Writer");
    }

    @Test
    void theEndOfSeveralIdsIsRejected() {
        assertThatThrownBy(() -> LogicalIds.find("Writer", List.of("b.Writer", "a.Writer")))
                .isInstanceOf(CliException.class)
                .hasMessageContaining("'Writer' names 2 resources");
    }

    @ParameterizedTest
    @ValueSource(strings = {"eep", "fleet-Keeper", "Keeper.Keep", ""})
    void partsOfANameFindNothing(String word) {
        assertThat(LogicalIds.find(word, List.of("fleet-Keeper.Keep"))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"app-Writer-1", "Child.Writer", "Writer"})
    void aFunctionIsFoundByItsNameAndByItsLogicalId(String word) throws IOException {
        assertThat(LogicalIds.function(word, status())).isEqualTo("app-Writer-1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Stream", "app-Writer", "", "Reader"})
    void aWordThatIsNoFunctionIsRejectedWithTheFunctionsThereAre(String word) {
        assertThatThrownBy(() -> LogicalIds.function(word, status()))
                .isInstanceOfSatisfying(CliException.class, failure -> {
                    assertThat(failure.text()).isEqualTo("'%s' is not a function that the stack runs".formatted(word));
                    assertThat(failure.reason()).contains("its functions are app-Writer-1");
                    assertThat(failure.exit()).isEqualTo(ExitCode.ENVIRONMENT);
                });
    }

    private static JsonNode status() throws IOException {
        return new ObjectMapper().readTree("""
                {"functions": [{"name": "app-Writer-1"}],
                 "resources": [{"logicalId": "Child.Writer", "physicalId": "app-Writer-1"},
                               {"logicalId": "Stream", "physicalId": "app-Stream"}]}""");
    }
}
