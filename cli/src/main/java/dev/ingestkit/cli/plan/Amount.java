package dev.ingestkit.cli.plan;

import java.math.BigDecimal;
import java.math.RoundingMode;

/** Rounds figures for display: whole or with at most two decimals, never with an exponent. */
final class Amount {

    private Amount() {}

    static Number of(double value) {
        BigDecimal rounded =
                BigDecimal.valueOf(value).setScale(2, RoundingMode.HALF_UP).stripTrailingZeros();
        return rounded.scale() <= 0 ? (Number) rounded.longValueExact() : rounded;
    }
}
