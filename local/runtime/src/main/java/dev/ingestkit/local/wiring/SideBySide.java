package dev.ingestkit.local.wiring;

import dev.ingestkit.local.events.Completions;
import dev.ingestkit.local.events.DaemonThreads;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Runs independent parts of a start at the same time: one thread keeps only one processor busy. */
final class SideBySide {

    private SideBySide() {}

    /**
     * Runs all tasks, at most one more at a time than the machine has processors, and returns when each has ended. The last
     * task runs on the caller's thread.
     *
     * @throws RuntimeException the failure of the first task, in the list's order, that has failed
     */
    static void run(List<Runnable> tasks) {
        if (tasks.size() < 2) {
            tasks.forEach(Runnable::run);
            return;
        }
        int own = tasks.size() - 1;
        ExecutorService threads = Executors.newFixedThreadPool(
                Math.min(own, Runtime.getRuntime().availableProcessors()), DaemonThreads.numbered("start"));
        try {
            List<CompletableFuture<Void>> all = new ArrayList<>();
            tasks.subList(0, own).forEach(task -> all.add(CompletableFuture.runAsync(task, threads)));
            all.add(CompletableFuture.runAsync(tasks.get(own), Runnable::run));
            rethrow(all);
        } finally {
            threads.shutdown();
        }
    }

    private static void rethrow(List<CompletableFuture<Void>> tasks) {
        List<Throwable> failures = new ArrayList<>();
        for (CompletableFuture<Void> task : tasks) {
            try {
                task.join();
            } catch (CompletionException failed) {
                failures.add(Completions.unwrap(failed));
            }
        }
        if (failures.isEmpty()) {
            return;
        }
        Throwable first = failures.get(0);
        failures.stream().filter(other -> other != first).forEach(first::addSuppressed);
        if (first instanceof Error error) {
            throw error;
        }
        throw (RuntimeException) first;
    }
}
