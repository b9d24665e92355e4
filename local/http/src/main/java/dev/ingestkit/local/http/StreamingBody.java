package dev.ingestkit.local.http;

/** Produces a response body in pieces. {@link #start} is called once, on any thread, and must not block. */
@FunctionalInterface
public interface StreamingBody {

    /** Starts producing into the sink. */
    void start(Sink sink);

    /** Receives the pieces. Thread-safe; pieces written by one thread stay in order. */
    interface Sink {

        /**
         * Sends a piece.
         *
         * @return false if the client has gone, or is so far behind that a producer that does not wait was cut off:
         *     stop producing
         */
        boolean write(byte[] piece);

        /**
         * Runs an action once, when the client has read most of the data written; immediately if it already has. A
         * producer uses it to match its client's pace. The action runs on any thread and must not block; it never runs
         * after the connection has closed.
         */
        void whenReady(Runnable action);

        /** Ends the body. Later calls have no effect. */
        void end();

        /** Runs an action once, when the connection has closed for any reason. */
        void onClosed(Runnable action);
    }
}
