package dev.ingestkit.local.functions;

import dev.ingestkit.local.bootstrap.Bootstrap;
import dev.ingestkit.local.bootstrap.Frame;
import dev.ingestkit.local.events.DaemonThreads;
import dev.ingestkit.local.functions.code.TaskRoot;
import dev.ingestkit.local.functions.process.ProcessLink;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A function's process and the link to it. It has two threads: one starts the process, reads frames and waits for
 * its exit; the other reads the process's output outside of frames. Sending is thread-safe; the list of environments
 * is guarded by the function's lock.
 */
final class FunctionProcess {

    private static final Logger LOG = LoggerFactory.getLogger(FunctionProcess.class);
    private static final int EXIT_MILLIS = 2_000;
    private static final int OUTPUT_MILLIS = 500;

    /** Exit statuses above this are signals, as in a shell; not all systems report them. */
    private static final int SIGNALED = 128;

    private final ProcessCommand command;
    private final FunctionConfig config;
    private final TaskRoot code;
    private final Listener listener;
    private final LogTail output = new LogTail();
    private final Object sending = new Object();
    private final List<Frame> early = new ArrayList<>();
    private final List<RemoteEnvironment> environments = new ArrayList<>();
    private int opened;
    private @Nullable ProcessLink link;
    private final CountDownLatch gone = new CountDownLatch(1);
    private final CountDownLatch outputRead = new CountDownLatch(1);
    private volatile @Nullable Process process;
    private volatile boolean killed;

    /** Receives a process's frames, output and exit, on its reading thread. */
    interface Listener {

        void received(FunctionProcess process, Frame frame);

        /** Receives a line that the process printed outside its environments. */
        void printed(FunctionProcess process, String line);

        /** Receives the exit, as the last call: the process has exited or was never started. */
        void ended(FunctionProcess process, End end);
    }

    /**
     * The end of a process.
     *
     * @param connected whether it ever connected to take invocations
     * @param what the word for the journal: {@code replaced} if it was stopped on purpose, {@code killed} if by a
     * signal
     *     from elsewhere, else {@code exited}
     * @param status its exit status; -1 if it was never started
     * @param reason a sentence, with its last output
     */
    record End(boolean connected, String what, int status, String reason) {}

    FunctionProcess(ProcessCommand command, FunctionConfig config, TaskRoot code, Listener listener) {
        this.command = command;
        this.config = config;
        this.code = code;
        this.listener = listener;
    }

    FunctionConfig config() {
        return config;
    }

    TaskRoot code() {
        return code;
    }

    /** Returns how many environments the process may hold. */
    int room() {
        return command.room();
    }

    /** Returns whether the process can load the handler again after a failure. */
    boolean loadsAgain() {
        return command.loadsAgain();
    }

    boolean isOpening() {
        return environments.stream().anyMatch(environment -> environment.state() == RemoteEnvironment.State.OPENING);
    }

    List<RemoteEnvironment> environments() {
        return environments;
    }

    /** Adds an environment; {@link #send} informs the process. */
    RemoteEnvironment newEnvironment() {
        RemoteEnvironment environment = new RemoteEnvironment(this, opened++);
        environments.add(environment);
        return environment;
    }

    @Nullable
    RemoteEnvironment environment(int number) {
        return environments.stream()
                .filter(environment -> environment.number() == number)
                .findFirst()
                .orElse(null);
    }

    boolean busy() {
        return environments.stream().anyMatch(environment -> environment.call() != null);
    }

    boolean killed() {
        return killed;
    }

    void start() {
        DaemonThreads.start("function " + config.name(), this::run);
    }

    /**
     * Sends a frame, or keeps it until the process has connected. A broken channel is reported with the process's exit.
     */
    void send(Frame frame) {
        synchronized (sending) {
            if (link == null) {
                early.add(frame);
                return;
            }
            try {
                link.send(frame);
            } catch (IOException broken) {
                LOG.debug("Function {}: channel broke while sending", config.name(), broken);
                kill();
            }
        }
    }

    /** Kills the process at once. The listener is notified as of any exit. */
    void kill() {
        killed = true;
        crash();
    }

    /** Kills the process as if it had crashed. */
    void crash() {
        Process running = process;
        if (running != null) {
            running.destroyForcibly();
        }
    }

    /** Waits until the process has exited and its listener was notified. */
    boolean awaitEnd(long millis) throws InterruptedException {
        return gone.await(millis, TimeUnit.MILLISECONDS);
    }

    /** Returns the process's id; empty before the start. */
    OptionalLong pid() {
        Process running = process;
        return running == null ? OptionalLong.empty() : OptionalLong.of(running.pid());
    }

    private void run() {
        End end;
        try (ProcessLink opened = command.link()) {
            Process started = launch(opened);
            if (opened.connect(started)) {
                open(opened);
                readFrames(opened);
            }
            end = exit(started);
        } catch (IOException | RuntimeException failed) {
            LOG.debug("Function {} did not start", config.name(), failed);
            crash();
            end = new End(false, "exited", -1, String.valueOf(failed.getMessage()));
        }
        try {
            listener.ended(this, end);
        } finally {
            gone.countDown();
        }
    }

    private Process launch(ProcessLink opened) throws IOException {
        Process started = command.builder(opened).start();
        process = started;
        if (killed) {
            started.destroyForcibly();
        }
        DaemonThreads.start("output of function " + config.name(), () -> {
            readOutput(started, opened);
            opened.outputEnded();
            outputRead.countDown();
        });
        try {
            opened.instruct(started.getOutputStream());
        } catch (IOException ended) {
            LOG.debug("Function {}: the process exited before it read its instructions", config.name(), ended);
        }
        return started;
    }

    private void open(ProcessLink connected) throws IOException {
        synchronized (sending) {
            for (Frame frame : early) {
                connected.send(frame);
            }
            early.clear();
            link = connected;
        }
    }

    private void readFrames(ProcessLink connected) {
        try {
            while (true) {
                Frame frame = connected.receive();
                try {
                    listener.received(this, frame);
                } catch (RuntimeException broken) {
                    // Above all a log listener's failure, which must not stop the function.
                    LOG.error("Function {}: handling a {} failed", config.name(), frame.type(), broken);
                }
            }
        } catch (IOException ended) {
            LOG.debug("Function {}: channel ended", config.name(), ended);
        }
    }

    private End exit(Process started) {
        boolean interrupted = false;
        try {
            if (!started.waitFor(EXIT_MILLIS, TimeUnit.MILLISECONDS)) {
                started.destroyForcibly();
            }
            started.waitFor();
            // Its last output says why it exited; a child process may hold the pipe open, so do not wait for long.
            boolean complete = outputRead.await(OUTPUT_MILLIS, TimeUnit.MILLISECONDS);
            LOG.debug("Function {}: output read to its end: {}", config.name(), complete);
        } catch (InterruptedException stop) {
            interrupted = true;
            started.destroyForcibly();
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        int status = started.isAlive() ? -1 : started.exitValue();
        String printed = output.text().strip();
        String reason = "exit status " + status + (printed.isEmpty() ? "" : ": " + printed);
        synchronized (sending) {
            return new End(link != null, what(status), status, reason);
        }
    }

    private String what(int status) {
        if (killed) {
            return "replaced";
        }
        return status > SIGNALED && status != Bootstrap.OUT_OF_MEMORY ? "killed" : "exited";
    }

    private void readOutput(Process started, ProcessLink opened) {
        try (BufferedReader reader = started.inputReader(StandardCharsets.UTF_8)) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                output.add(line);
                if (!opened.printed(line)) {
                    listener.printed(this, line);
                }
            }
        } catch (IOException ended) {
            LOG.debug("Function {}: its output ended", config.name(), ended);
        }
    }
}
