package dev.ingestkit.local.state;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/**
 * Named states of a runtime: streams with their records, positions of mappings, queues, secrets, tables, buckets and the
 * clock, as they were at one moment. They outlive the runtime, whether it keeps its data in memory or in a directory,
 * and belong to the stack of its name, region and account. Thread-safe; calls run one after another.
 */
public interface Snapshots {

    /**
     * Describes a snapshot.
     *
     * @param time when its state was the runtime's
     * @param bytes the size of its file
     * @param events the records in its streams
     */
    record Snapshot(String name, Instant time, long bytes, long events) {}

    /** Returns the directory of the snapshots; each is a directory of its name in it. */
    Path directory();

    /** Returns all snapshots, by name. */
    List<Snapshot> list() throws IOException;

    /**
     * Saves the state as of now; requests and mappings continue after a moment's wait.
     *
     * @param name 1 to 64 letters, digits, {@code .}, {@code _} and {@code -}, beginning with a letter or digit
     * @param replace whether a snapshot of the name is replaced
     * @throws IllegalArgumentException if the name is invalid or taken
     * @throws IllegalStateException if the runtime is attached, so that its data is elsewhere
     * @throws IOException if the files cannot be written; a snapshot of the name is as before
     */
    Snapshot save(String name, boolean replace) throws IOException;

    /**
     * Replaces the runtime's state with a snapshot. Mappings stop, their invocations in flight end, requests wait while the
     * state is replaced, and mappings continue at the positions of the snapshot. Functions, journal and faults stay.
     *
     * @throws IllegalArgumentException if the name is invalid or no snapshot has that name
     * @throws IllegalStateException if the runtime is attached
     * @throws IOException if the snapshot is damaged, of another version, or of another stack, or the data directory
     *     cannot be written; then nothing has changed
     */
    Snapshot load(String name) throws IOException;

    /**
     * Deletes a snapshot.
     *
     * @throws IllegalArgumentException if the name is invalid or no snapshot has that name
     */
    void delete(String name) throws IOException;
}
