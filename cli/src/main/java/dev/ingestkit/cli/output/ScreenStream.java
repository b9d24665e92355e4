package dev.ingestkit.cli.output;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** Standard output on a terminal: keeps the control characters of payloads away from it. */
final class ScreenStream extends PrintStream {

    private final boolean json;

    /** @param json whether JSON is printed, in which characters can be escaped without loss */
    ScreenStream(PrintStream screen, boolean json) {
        super(screen, false, StandardCharsets.UTF_8);
        this.json = json;
    }

    @Override
    public void print(String text) {
        super.print(Text.forScreen(String.valueOf(text), json));
    }
}
