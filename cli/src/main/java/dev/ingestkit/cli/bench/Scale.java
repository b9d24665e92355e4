package dev.ingestkit.cli.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Maps values to coordinates.
 *
 * @param from the value at {@code start}
 * @param to the value at {@code end}
 * @param log whether the scale is logarithmic
 */
record Scale(double from, double to, double start, double end, boolean log) {

    /** Returns a linear scale from 0 to a round number at or above the largest value. */
    static Scale linear(double largest, double start, double end) {
        double top = largest <= 0 ? 1 : Math.ceil(largest / step(largest)) * step(largest);
        return new Scale(0, top, start, end, false);
    }

    /** Returns a logarithmic scale of whole decades that contains both values. */
    static Scale log(double smallest, double largest, double start, double end) {
        double low = Math.pow(10, Math.floor(Math.log10(Math.max(smallest, 1e-3))));
        double high = Math.pow(10, Math.ceil(Math.log10(Math.max(largest, low * 1.01))));
        return new Scale(low, high, start, end, true);
    }

    /** Returns 1, 2 or 5 times a power of ten, so that an axis has two to five steps. */
    private static double step(double largest) {
        double power = Math.pow(10, Math.floor(Math.log10(largest)));
        double leading = largest / power;
        return leading <= 2 ? power / 2 : leading <= 5 ? power : power * 2;
    }

    double at(double value) {
        double share =
                log ? Math.log10(Math.max(value, from) / from) / Math.log10(to / from) : (value - from) / (to - from);
        return start + Math.min(1, Math.max(0, share)) * (end - start);
    }

    /** Returns the values for grid lines. */
    List<Double> ticks() {
        List<Double> ticks = new ArrayList<>();
        if (log) {
            for (double tick = from; tick <= to * 1.001; tick *= 10) {
                ticks.add(tick);
            }
        } else {
            double step = step(to);
            for (int count = 0; count * step <= to * 1.001; count++) {
                ticks.add(count * step);
            }
        }
        return ticks;
    }

    /** Returns a number with as many digits as it needs. */
    static String label(double value) {
        if (value >= 100 || value == Math.rint(value)) {
            return String.format(Locale.ROOT, "%,d", Math.round(value));
        }
        return String.format(Locale.ROOT, value >= 10 ? "%.1f" : value >= 0.1 ? "%.2f" : "%.3f", value);
    }
}
