package dev.ingestkit.local.http;

/** Writes a body in pieces. {@link #start} is called once, on any thread; it must not block. */
@FunctionalInterface
public interface StreamingBody {

    void start(Sink sink);

    /** Where the pieces go. Thread-safe; pieces of one thread stay in order. */
    interface Sink {

        /**
         * Sends one piece.
         *
         * @return false when the client has gone, or is so far behind that a producer that does not wait was cut off:
         *     stop and let go
         */
        boolean write(byte[] piece);

        /**
         * Runs an action once when the client has taken most of what was written: at once if it has. It is how a
         * producer goes at its client's pace. The action runs on any thread and must not block; it never runs once the
         * connection has ended.
         */
        void whenReady(Runnable action);

        /** Ends the body. Later calls have no effect. */
        void end();

        /** Runs once when the connection has ended for whatever reason. */
        void onClosed(Runnable action);
    }
}
