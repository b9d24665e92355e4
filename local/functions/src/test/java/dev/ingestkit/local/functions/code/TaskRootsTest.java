package dev.ingestkit.local.functions.code;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TaskRootsTest {

    @TempDir
    private Path folder;

    private Path store;

    @BeforeEach
    void makeStore() throws IOException {
        store = Files.createDirectory(folder.resolve("store"));
    }

    private Path zip(Map<String, String> entries) throws IOException {
        Path zip = folder.resolve("code.zip");
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(zip))) {
            for (Map.Entry<String, String> entry : entries.entrySet()) {
                out.putNextEntry(new ZipEntry(entry.getKey()));
                out.write(entry.getValue().getBytes(StandardCharsets.UTF_8));
            }
        }
        return zip;
    }

    private long stored() throws IOException {
        try (Stream<Path> files = Files.list(store)) {
            return files.count();
        }
    }

    @Test
    void archiveIsUnpackedOncePerContentAndDeletedWithItsLastUser() throws IOException {
        TaskRoots roots = new TaskRoots(store);
        Path code = zip(Map.of("a/B.class", "class", "lib/z.jar", "z", "lib/a.jar", "a", "config.json", "{}"));
        TaskRoot first = roots.acquire(code);
        TaskRoot second = roots.acquire(code);
        assertThat(second).isEqualTo(first);
        assertThat(stored()).isEqualTo(1);
        assertThat(first.folder().resolve("config.json")).hasContent("{}");
        assertThat(first.classPath())
                .containsExactly(
                        first.folder(),
                        first.folder().resolve("lib/a.jar"),
                        first.folder().resolve("lib/z.jar"));
        roots.release(first);
        assertThat(first.folder()).exists();
        roots.release(second);
        assertThat(stored()).isZero();
    }

    @Test
    void jarsOfLayersFollowTheCodesOwn() throws IOException {
        TaskRoots roots = new TaskRoots(store);
        Path code = zip(Map.of("a/B.class", "class", "lib/own.jar", "own"));
        Path first = Files.createDirectories(folder.resolve("first/java/lib"));
        Files.writeString(first.resolve("shared.jar"), "shared");
        Path second = Files.createDirectories(folder.resolve("second/java/lib"));
        Files.writeString(second.resolve("more.jar"), "more");
        TaskRoot root = roots.acquire(code, List.of(folder.resolve("first"), folder.resolve("second")));
        assertThat(root.classPath())
                .containsExactly(
                        root.folder(),
                        root.folder().resolve("lib/own.jar"),
                        root.folder().resolve(".layers/1/java/lib/shared.jar"),
                        root.folder().resolve(".layers/2/java/lib/more.jar"));
        assertThat(stored()).isEqualTo(1);
        roots.release(root);
        assertThat(stored()).isZero();
    }

    @Test
    void otherContentGetsAnotherDirectory() throws IOException {
        TaskRoots roots = new TaskRoots(store);
        TaskRoot first = roots.acquire(zip(Map.of("a", "one")));
        TaskRoot second = roots.acquire(zip(Map.of("a", "two")));
        assertThat(second.folder()).isNotEqualTo(first.folder());
        assertThat(first.folder().resolve("a")).hasContent("one");
    }

    @Test
    void entryThatPointsOutsideIsRefused() throws IOException {
        Path code = zip(Map.of("../../outside.txt", "x"));
        assertThatThrownBy(() -> new TaskRoots(store).acquire(code))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("../../outside.txt points outside of the archive");
        assertThat(stored()).isZero();
    }

    @Test
    void archiveThatUnpacksBeyondTheLimitIsRefused() throws IOException {
        Path code = zip(Map.of("zeros", "0".repeat(100_000)));
        assertThatThrownBy(() -> new TaskRoots(store, 99_999).acquire(code))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("larger than 99999 bytes unpacked");
        assertThat(stored()).isZero();
    }

    @Test
    void fileThatIsNotAnArchiveIsRefused() throws IOException {
        Path code = Files.writeString(folder.resolve("code.jar"), "not a zip");
        assertThatThrownBy(() -> new TaskRoots(store).acquire(code))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("code.jar is not a readable archive");
    }

    @Test
    void archiveWithADamagedEntryIsRefused() throws IOException {
        byte[] content = "untouched".getBytes(StandardCharsets.UTF_8);
        CRC32 checksum = new CRC32();
        checksum.update(content);
        ZipEntry entry = new ZipEntry("a.txt");
        entry.setMethod(ZipEntry.STORED);
        entry.setSize(content.length);
        entry.setCrc(checksum.getValue());
        Path code = folder.resolve("damaged.zip");
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(code))) {
            out.putNextEntry(entry);
            out.write(content);
        }
        String bytes = Files.readString(code, StandardCharsets.ISO_8859_1);
        Files.writeString(code, bytes.replace("untouched", "Untouched"), StandardCharsets.ISO_8859_1);
        assertThatThrownBy(() -> new TaskRoots(store).acquire(code))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("entry a.txt is damaged");
        assertThat(stored()).isZero();
    }
}
