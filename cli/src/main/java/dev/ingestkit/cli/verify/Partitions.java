package dev.ingestkit.cli.verify;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Facts on disk, distributed over files by the hashes of their keys, so that one file holds all facts of an event and
 * fits into memory, however many events there are. Not thread-safe.
 */
final class Partitions implements AutoCloseable {

    /** The number of files: ten million events make files of about 160,000, which are loaded one by one. */
    private static final int FILES = 64;

    private final Path folder;
    private final List<Path> files = new ArrayList<>();
    private final List<Writer> writers = new ArrayList<>();

    Partitions() throws IOException {
        folder = Files.createTempDirectory("ingest-verify");
        for (int number = 0; number < FILES; number++) {
            Path file = folder.resolve(Integer.toString(number));
            files.add(file);
            writers.add(new BufferedWriter(Files.newBufferedWriter(file, StandardCharsets.UTF_8), 4096));
        }
    }

    void add(Fact fact) {
        try {
            Writer writer = writers.get(Math.floorMod(fact.key().hashCode(), FILES));
            writer.write(fact.line());
            writer.write('\n');
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** Visits the facts, one file after another. No fact can be added afterwards. */
    void each(Consumer<List<Fact>> visitor) throws IOException {
        for (Writer writer : writers) {
            writer.close();
        }
        for (Path file : files) {
            List<Fact> facts = new ArrayList<>();
            try (BufferedReader lines = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    facts.add(Fact.parse(line));
                }
            }
            visitor.accept(facts);
        }
    }

    @Override
    public void close() throws IOException {
        for (Writer writer : writers) {
            writer.close();
        }
        for (Path file : files) {
            Files.deleteIfExists(file);
        }
        Files.deleteIfExists(folder);
    }
}
