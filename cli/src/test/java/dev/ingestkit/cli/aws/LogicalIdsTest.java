package dev.ingestkit.cli.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ingestkit.cli.output.CliException;
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
}
