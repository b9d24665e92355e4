package dev.ingestkit.local.dynamodb;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.Charset;

/**
 * Keeps what this thread prints off standard output for a while: DynamoDB Local prints a banner when it starts, and
 * standard output belongs to whoever runs this. Other threads' output passes through.
 */
final class SilentThread {

    private final PrintStream before;
    private final PrintStream during;

    private SilentThread(PrintStream before, PrintStream during) {
        this.before = before;
        this.during = during;
    }

    @SuppressWarnings("checkstyle:RegexpSinglelineJava") // nothing is printed here
    static SilentThread begin() {
        PrintStream before = System.out;
        PrintStream during =
                new PrintStream(new OthersOnly(before, Thread.currentThread()), true, Charset.defaultCharset());
        System.setOut(during);
        return new SilentThread(before, during);
    }

    /** Puts the stream back, unless somebody has set another one since. */
    @SuppressWarnings("checkstyle:RegexpSinglelineJava") // nothing is printed here
    void end() {
        if (System.out == during) {
            System.setOut(before);
        }
    }

    private static final class OthersOnly extends FilterOutputStream {
        private final Thread silent;

        OthersOnly(OutputStream out, Thread silent) {
            super(out);
            this.silent = silent;
        }

        @Override
        public void write(int value) throws IOException {
            if (Thread.currentThread() != silent) {
                out.write(value);
            }
        }

        @Override
        public void write(byte[] bytes, int from, int length) throws IOException {
            if (Thread.currentThread() != silent) {
                out.write(bytes, from, length);
            }
        }
    }
}
