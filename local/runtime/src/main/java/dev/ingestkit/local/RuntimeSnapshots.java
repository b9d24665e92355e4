package dev.ingestkit.local;

import static java.util.Objects.requireNonNull;

import dev.ingestkit.local.state.RuntimeState;
import dev.ingestkit.local.state.SnapshotDirectory;
import dev.ingestkit.local.state.Snapshots;
import dev.ingestkit.local.store.MemoryStore;
import dev.ingestkit.local.store.StoreView;
import dev.ingestkit.local.wiring.RunningStack;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The snapshots of a running stack. Thread-safe. */
final class RuntimeSnapshots implements Snapshots {

    private final RuntimeState state;
    private final SnapshotDirectory files;
    private final boolean attached;
    private @Nullable RunningStack running;

    RuntimeSnapshots(RuntimeState state, LocalRuntimeConfig config, boolean attached) {
        this.state = requireNonNull(state, "state");
        this.files = new SnapshotDirectory(config.snapshots());
        this.attached = attached;
    }

    /** Sets the stack that states are loaded into, once it runs. */
    synchronized void loadInto(RunningStack stack) {
        running = requireNonNull(stack, "stack");
    }

    private RunningStack running() {
        if (attached) {
            throw new IllegalStateException("an attached runtime has no snapshots: its data is at the other endpoint");
        }
        if (running == null) {
            throw new IllegalStateException("the runtime is starting: try again");
        }
        return running;
    }

    @Override
    public Path directory() {
        return files.path();
    }

    @Override
    public synchronized List<Snapshot> list() throws IOException {
        return files.list();
    }

    @Override
    public synchronized Snapshot save(String name, boolean replace) throws IOException {
        RunningStack stack = running();
        files.requireFree(name, replace);
        Instant time = stack.clock().instant();
        StoreView view = state.view();
        return files.save(name, view, time);
    }

    @Override
    public synchronized Snapshot load(String name) throws IOException {
        RunningStack stack = running();
        Path archive = files.require(name);
        Snapshot loaded = SnapshotDirectory.describe(archive);
        MemoryStore content = state.read(archive);
        stack.load(archive, content);
        return loaded;
    }

    @Override
    public synchronized void delete(String name) throws IOException {
        files.require(name);
        files.delete(name);
    }
}
