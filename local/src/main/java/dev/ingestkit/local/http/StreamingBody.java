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
         * @return false when the client has gone or is too slow to be worth waiting for: stop and let go
         */
        boolean write(byte[] piece);

        /** Ends the body. Later calls have no effect. */
        void end();

        /** Runs once when the connection has ended for whatever reason. */
        void onClosed(Runnable action);
    }
}
