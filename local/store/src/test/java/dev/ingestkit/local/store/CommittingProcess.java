package dev.ingestkit.local.store;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** A process that commits numbers and writes each to its output once it is committed, until it is killed. */
final class CommittingProcess {
    private CommittingProcess() {}

    public static void main(String[] arguments) throws IOException {
        try (Store store = DurableStore.open(Path.of(arguments[0]));
                PrintStream out =
                        new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.US_ASCII)) {
            for (int i = 0; !out.checkError(); i++) {
                byte[] number = ByteBuffer.allocate(4).putInt(i).array();
                store.commit(new Batch().put("m", number, number));
                out.println(i);
            }
        }
    }
}
