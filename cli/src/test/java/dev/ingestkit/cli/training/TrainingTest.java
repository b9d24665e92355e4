package dev.ingestkit.cli.training;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class TrainingTest {

    @Test
    void everyCommandOfTheTrainingRunSucceeds() throws Exception {
        assertThat(Training.run()).isEmpty();
    }
}
