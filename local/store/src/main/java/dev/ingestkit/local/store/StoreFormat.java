package dev.ingestkit.local.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Set;

/**
 * The version of a store's files, in a file of its own. It changes whenever this program could not read the old files.
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
    static void require(Path directory) throws IOException {
        Path format = directory.resolve("format");
        if (!Files.exists(format)) {
            requireNoFiles(directory);
            Path unfinished = directory.resolve(UNFINISHED);
            Files.writeString(unfinished, VERSION + "\n");
            Files.move(unfinished, format, StandardCopyOption.ATOMIC_MOVE);
            return;
        }
        String version = Files.readString(format).strip();
        if (!version.equals(VERSION)) {
            throw new IOException("'" + directory + "' has the format '" + version + "', and this program reads '"
                    + VERSION + "': use the version that wrote it, or choose another directory");
        }
    }

    private static void requireNoFiles(Path directory) throws IOException {
        try (var files = Files.newDirectoryStream(directory)) {
            for (Path file : files) {
                if (!EARLY.contains(file.getFileName().toString())) {
                    throw new IOException("'" + directory + "' holds other files, such as '" + file.getFileName()
                            + "': choose an empty or a new directory");
                }
            }
        }
    }
}
