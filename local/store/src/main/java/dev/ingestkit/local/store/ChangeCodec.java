package dev.ingestkit.local.store;

import java.io.DataOutput;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * The encoding of changes as bytes: map name, length of key plus one, key, length of value plus one, value; 0 for what
 * is absent.
 */
final class ChangeCodec {
    private ChangeCodec() {}

    static void write(DataOutput out, Batch.Change change) throws IOException {
        out.writeUTF(change.map());
        bytes(out, change.key());
        bytes(out, change.value());
    }

    private static void bytes(DataOutput out, byte @Nullable [] bytes) throws IOException {
        if (bytes == null) {
            out.writeInt(0);
        } else {
            out.writeInt(bytes.length + 1);
            out.write(bytes);
        }
    }
}
