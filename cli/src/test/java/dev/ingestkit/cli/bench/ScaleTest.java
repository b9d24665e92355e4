package dev.ingestkit.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ScaleTest {

    @ParameterizedTest
    @ValueSource(doubles = {0.0004, 0.3, 1, 1.7, 4, 6, 10, 99, 101, 12_345})
    void aLinearScaleContainsItsMaximumAndHasRoundTicks(double largest) {
        Scale scale = Scale.linear(largest, 200, 0);

        assertThat(scale.to()).isGreaterThanOrEqualTo(largest).isLessThanOrEqualTo(largest * 2);
        assertThat(scale.ticks()).hasSizeBetween(3, 6).startsWith(0.0);
        assertThat(scale.at(0)).isEqualTo(200);
        assertThat(scale.at(scale.to())).isEqualTo(0);
    }

    @Test
    void eachDecadeOfALogarithmicScaleHasTheSameLength() {
        Scale scale = Scale.log(0.5, 800, 0, 400);

        assertThat(scale.ticks()).hasSize(5);
        assertThat(scale.at(0.1)).isEqualTo(0);
        assertThat(scale.at(10)).isBetween(199.9, 200.1);
        assertThat(scale.at(0.0001)).isEqualTo(0);
    }

    @Test
    void labelsHaveAsManyDigitsAsTheyNeed() {
        assertThat(Scale.label(0.0123)).isEqualTo("0.012");
        assertThat(Scale.label(4.567)).isEqualTo("4.57");
        assertThat(Scale.label(45.67)).isEqualTo("45.7");
        assertThat(Scale.label(1_234.5)).isEqualTo("1,235");
        assertThat(Scale.label(20)).isEqualTo("20");
    }
}
