package dev.ingestkit.local.bootstrap;

import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinWorkerThread;

/**
 * Makes the common pool's threads, by the system property that names this class. They serve every environment, whichever
 * was first to need one, so they must not count as that one's.
 */
public final class SharedWorkers implements ForkJoinPool.ForkJoinWorkerThreadFactory {

    @Override
    public ForkJoinWorkerThread newThread(ForkJoinPool pool) {
        return new SharedWorker(pool);
    }

    static final class SharedWorker extends ForkJoinWorkerThread {

        SharedWorker(ForkJoinPool pool) {
            super(pool);
            setDaemon(true);
        }
    }
}
