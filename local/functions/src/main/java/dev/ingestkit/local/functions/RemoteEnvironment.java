package dev.ingestkit.local.functions;

import org.jspecify.annotations.Nullable;

/** The function's side of an execution environment. Guarded by the function's lock. */
final class RemoteEnvironment {

    enum State {
        OPENING,
        IDLE,
        BUSY,
        /** The environment was lost to a timeout or a fatal error and takes no invocations. */
        LOST
    }

    private final FunctionProcess process;
    private final int number;
    private State state = State.OPENING;
    private @Nullable Call call;
    private long initMicros;

    RemoteEnvironment(FunctionProcess process, int number) {
        this.process = process;
        this.number = number;
    }

    FunctionProcess process() {
        return process;
    }

    int number() {
        return number;
    }

    State state() {
        return state;
    }

    @Nullable
    Call call() {
        return call;
    }

    void ready(long micros) {
        state = State.IDLE;
        initMicros = micros;
    }

    /** Returns the duration of the initialization, for the first invocation's report; zero afterwards. */
    long takeInitMicros() {
        long micros = initMicros;
        initMicros = 0;
        return micros;
    }

    void run(Call next) {
        state = State.BUSY;
        call = next;
    }

    void idle() {
        state = State.IDLE;
        call = null;
    }

    void lose() {
        state = State.LOST;
        call = null;
    }
}
