package dev.ingestkit.local.store;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Set;

/**
 * The version of a store's files, in a file of its own. It changes whenever the program can no longer read older files.
 */
final class StoreFormat {
    static final String VERSION = "ingest-kit data 1";

    private static final String UNFINISHED = "unfinished-format";
    /** Files that a crash may leave before the version is written. */
    private static final Set<String> EARLY = Set.of("lock", UNFINISHED);

    private StoreFormat() {}

    /**
     * Checks the version of a directory, and writes it into a directory without files.
     *
     * @throws IOException if the version is another one, or the directory holds files of other programs
     */
    static void require(StoreFiles files, Path directory) throws IOException {
        Path format = directory.resolve("format");
        if (!files.exists(format)) {
            requireNoFiles(files, directory);
            Path unfinished = directory.resolve(UNFINISHED);
            // An earlier attempt may have left more or fewer bytes.
            files.delete(unfinished);
            try (StoreFiles.OpenFile file = files.open(unfinished)) {
                ByteBuffer text = ByteBuffer.wrap((VERSION + "\n").getBytes(StandardCharsets.UTF_8));
                while (text.hasRemaining()) {
                    file.write(text, text.position());
                }
                file.force();
            }
            files.move(unfinished, format);
            return;
        }
        String version;
        try (InputStream text = files.read(format)) {
            version = new String(text.readAllBytes(), StandardCharsets.UTF_8).strip();
        }
        if (!version.equals(VERSION)) {
            throw new IOException("'" + directory + "' has the format '" + version + "', and this program reads '"
                    + VERSION + "': use the version that wrote it, or choose another directory");
        }
    }

    private static void requireNoFiles(StoreFiles files, Path directory) throws IOException {
        for (String file : files.list(directory)) {
            if (!EARLY.contains(file)) {
                throw new IOException("'" + directory + "' holds other files, such as '" + file
                        + "': choose an empty or a new directory");
            }
        }
    }
}
