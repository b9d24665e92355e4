package dev.ingestkit.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ChartTest {

    private static final int FONT_SIZE = 13;
    /** The widths of wide fonts, such as DejaVu Sans, as parts of the font's size. */
    private static final double DIGIT = 0.64;

    private static final double COMMA = 0.32;

    @ParameterizedTest
    @ValueSource(doubles = {1, 999, 24_000, 100_000, 1_000_000})
    void labelsOfTheVerticalAxisFitBesideIt(double value) {
        String label = Scale.label(value);
        long commas = label.chars().filter(letter -> letter == ',').count();

        double width = FONT_SIZE * (commas * COMMA + (label.length() - commas) * DIGIT);

        assertThat(width).isLessThan(Chart.LEFT - Chart.LABEL_GAP);
    }
}
