package dev.ingestkit.cli.output;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** Standard output that leads to a terminal: whatever is printed, no control character of a payload gets there. */
final class ScreenStream extends PrintStream {

    private final boolean json;

    /** @param json whether JSON is printed, where characters can be escaped without loss */
    ScreenStream(PrintStream screen, boolean json) {
        super(screen, false, StandardCharsets.UTF_8);
        this.json = json;
    }

    @Override
    public void print(String text) {
        super.print(Text.forScreen(String.valueOf(text), json));
    }
}
