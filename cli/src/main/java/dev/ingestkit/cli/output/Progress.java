package dev.ingestkit.cli.output;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A progress line on standard error: updated in place on a terminal, otherwise a new line every ten seconds.
 * Thread-safe; {@link #close} clears the line.
 */
public final class Progress implements AutoCloseable {

    private static final long ON_TERMINAL = Duration.ofMillis(100).toNanos();
    private static final long ELSEWHERE = Duration.ofSeconds(10).toNanos();

    private final PrintStream err;
    private final boolean visible;
    private final boolean inPlace;
    private final int width;
    private final String what;
    private final long began = System.nanoTime();
    private final AtomicLong last;

    Progress(PrintStream err, Terminal terminal, boolean visible, String what) {
        this.err = err;
        this.visible = visible;
        this.inPlace = terminal.stderr();
        this.width = terminal.width();
        this.what = what;
        this.last = new AtomicLong(began);
    }

    /**
     * Reports the progress. Cheap, since most calls do nothing.
     *
     * @param total the total, or 0 if it is unknown
     * @param failed the number of failures so far
     */
    public void at(long done, long total, long failed) {
        long now = System.nanoTime();
        long before = last.get();
        if (!visible || now - before < (inPlace ? ON_TERMINAL : ELSEWHERE) || !last.compareAndSet(before, now)) {
            return;
        }
        print(line(done, total, failed, (now - began) / 1e9));
    }

    private void print(String line) {
        if (inPlace) {
            err.print("\r" + Text.cut(line, width - 1, false) + "\033[K");
            err.flush();
        } else {
            err.print(line + "\n");
        }
    }

    /** Shows that the work continues, with the seconds since its beginning. Cheap, since most calls do nothing. */
    public void waiting() {
        long now = System.nanoTime();
        long before = last.get();
        if (!visible || now - before < (inPlace ? ON_TERMINAL : ELSEWHERE) || !last.compareAndSet(before, now)) {
            return;
        }
        print(String.format(Locale.ROOT, "%s  %.0f s", what, (now - began) / 1e9));
    }

    private String line(long done, long total, long failed, double seconds) {
        double rate = done / Math.max(seconds, 1e-3);
        StringBuilder line = new StringBuilder(what).append(String.format(Locale.ROOT, " %,d", done));
        if (total > 0) {
            line.append(String.format(Locale.ROOT, "/%,d  %d%%", total, 100 * done / total));
        }
        line.append(String.format(Locale.ROOT, "  %,.0f/s  %,d failed", rate, failed));
        if (total > done && rate > 0) {
            line.append(String.format(Locale.ROOT, "  eta %.0fs", (total - done) / rate));
        }
        return line.toString();
    }

    @Override
    public void close() {
        if (visible && inPlace && last.get() != began) {
            err.print("\r\033[K");
            err.flush();
        }
    }
}
