package dev.ingestkit.local.bootstrap;

import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinWorkerThread;

/**
 * Creates the common pool's threads; a system property names this class. The threads serve every environment, whichever
 * needed them first, so they must not be attributed to that one.
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
