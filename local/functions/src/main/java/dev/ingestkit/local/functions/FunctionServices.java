package dev.ingestkit.local.functions;

import dev.ingestkit.local.functions.code.RuntimeJars;
import dev.ingestkit.local.functions.code.TaskRoot;
import dev.ingestkit.local.functions.code.TaskRoots;
import dev.ingestkit.local.functions.process.Interpreter;
import dev.ingestkit.local.journal.JournalEvent;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The services that the functions of one runtime share. */
record FunctionServices(
        FunctionRuntimeOptions options,
        RuntimeJars jars,
        TaskRoots taskRoots,
        TraceRegistry traces,
        ScheduledExecutorService scheduler,
        Executor executor) {

    private static final Logger LOG = LoggerFactory.getLogger(FunctionServices.class);

    /** Returns how a function's processes are started. */
    ProcessCommand command(FunctionConfig config, TaskRoot code) {
        return Interpreter.Language.of(config.code().runtime()).isPresent()
                ? new InterpreterCommand(options, jars, config, code)
                : new JvmCommand(options, jars, config, code);
    }

    /** Records a change of a function's environment in the journal. */
    void journal(String function, String what, @Nullable String detail) {
        options.journal().append(new JournalEvent.Function(function, what, detail));
    }

    /** Reports that a function keeps its old code, with the reason. */
    void reloadFailed(String function, String reason) {
        LOG.warn("Function {} keeps its old code: {}", function, reason);
        journal(function, "reload failed", reason);
    }

    /** Runs work after a delay; its failure is logged. */
    void later(Duration delay, Runnable work) {
        Future<?> unused = timer(delay, work);
    }

    /** Runs work after a delay, like {@link #later}; the future cancels it. */
    Future<?> timer(Duration delay, Runnable work) {
        Runnable logged = () -> {
            try {
                work.run();
            } catch (RuntimeException broken) {
                LOG.error("A timer of the function runtime failed", broken);
            }
        };
        return scheduler.schedule(logged, delay.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** Unpacks or copies a function's code with its layers unless the same content is already in use. */
    TaskRoot acquire(FunctionConfig.Code code) throws IOException {
        return taskRoots.acquire(code.path(), code.layers());
    }

    /** Releases a task root; a directory that cannot be deleted is deleted with the runtime's temporary directory. */
    void release(TaskRoot root) {
        try {
            taskRoots.release(root);
        } catch (IOException failed) {
            LOG.debug("Cannot delete {} yet", root.folder(), failed);
        }
    }
}
