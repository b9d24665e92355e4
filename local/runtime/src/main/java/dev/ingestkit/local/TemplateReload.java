package dev.ingestkit.local;

import static java.util.Objects.requireNonNull;

import dev.ingestkit.local.control.TemplateState;
import dev.ingestkit.local.control.TemplateWatch;
import dev.ingestkit.local.events.DaemonThreads;
import dev.ingestkit.local.template.spec.Stack;
import dev.ingestkit.local.wiring.PartialUpdateException;
import dev.ingestkit.local.wiring.StackChanges;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches the files of a template and applies what has changed to the stack that runs. A template that cannot be read
 * changes nothing. It polls: editors replace files in ways that end an operating system's watch. Thread-safe; one
 * thread applies changes.
 */
final class TemplateReload implements TemplateWatch, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(TemplateReload.class);
    private static final long POLL_MILLIS = 300;

    private final Supplier<Stack> read;
    private final Function<Stack, StackChanges> apply;
    private final InstantSource clock;
    private final ScheduledExecutorService watcher =
            Executors.newSingleThreadScheduledExecutor(DaemonThreads.named("template watch"));
    private volatile List<Path> files;
    private volatile Map<Path, String> taken;
    private volatile TemplateState state = TemplateState.NONE;
    private Map<Path, String> seen;

    /**
     * Creates a watch that has seen the template as it is now.
     *
     * @param read reads the template again; fails with a message for the author
     * @param apply applies a stack to the one that runs
     * @param clock the machine's time, which tells when a change was applied
     */
    TemplateReload(List<Path> files, Supplier<Stack> read, Function<Stack, StackChanges> apply, InstantSource clock) {
        this.files = List.copyOf(files);
        this.read = requireNonNull(read, "read");
        this.apply = requireNonNull(apply, "apply");
        this.clock = requireNonNull(clock, "clock");
        this.taken = fingerprint();
        this.seen = taken;
    }

    void start() {
        Future<?> unused = watcher.scheduleWithFixedDelay(this::poll, POLL_MILLIS, POLL_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** Returns the state of the files that were saved last. Any thread may ask. */
    @Override
    public TemplateState state() {
        TemplateState last = state;
        return fingerprint().equals(taken) ? last : last.in(TemplateState.State.LOADING);
    }

    /** Checks once; a file that is still being written is left alone until it stays the same for one more check. */
    void poll() {
        Map<Path, String> now = fingerprint();
        boolean settled = now.equals(seen);
        seen = now;
        if (settled && !now.equals(taken)) {
            apply(now);
        }
    }

    @Override
    public CompletionStage<TemplateState> reload() {
        return CompletableFuture.supplyAsync(
                () -> {
                    Map<Path, String> now = fingerprint();
                    apply(now);
                    return state;
                },
                watcher);
    }

    private void apply(Map<Path, String> now) {
        state = load();
        // Files that were saved while the change was applied are the next change.
        Map<Path, String> after = fingerprint();
        after.replaceAll((file, print) -> now.getOrDefault(file, print));
        taken = after;
        seen = after;
    }

    private TemplateState load() {
        try {
            Stack stack = read.get();
            StackChanges changes = apply.apply(stack);
            files = stack.source().files();
            changes.applied().forEach(change -> LOG.warn("The template was changed: {}", change));
            changes.restart().forEach(change -> LOG.warn("The template was changed, restart to apply it: {}", change));
            return new TemplateState(
                    changes.restart().isEmpty() ? TemplateState.State.CURRENT : TemplateState.State.CHANGED,
                    Optional.empty(),
                    changes.applied(),
                    changes.restart(),
                    Optional.of(clock.instant()));
        } catch (PartialUpdateException failed) {
            StackChanges done = failed.changes();
            done.applied().forEach(change -> LOG.warn("The template was changed: {}", change));
            return rejected(failed, done.applied(), done.restart());
        } catch (RuntimeException refused) {
            return rejected(refused, List.of(), List.of());
        }
    }

    private TemplateState rejected(RuntimeException reason, List<String> applied, List<String> restart) {
        String message = String.valueOf(reason.getMessage());
        LOG.warn("The template was changed and is not applied{}: {}", applied.isEmpty() ? "" : " any further", message);
        return new TemplateState(
                TemplateState.State.REJECTED, Optional.of(message), applied, restart, Optional.of(clock.instant()));
    }

    private Map<Path, String> fingerprint() {
        Map<Path, String> all = new HashMap<>();
        for (Path file : files) {
            try {
                BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
                all.put(file, attributes.size() + " " + attributes.lastModifiedTime());
            } catch (IOException missing) {
                LOG.debug("{} is missing", file, missing);
                all.put(file, "missing");
            }
        }
        return all;
    }

    @Override
    public void close() {
        watcher.shutdownNow();
    }
}
