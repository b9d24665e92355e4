package dev.ingestkit.handlers.writer;

/** Takes events that cannot be stored. Thread-safe. */
interface DeadLetterQueue {

    /**
     * Sends one message.
     *
     * @throws QueueException if the queue did not confirm the message
     */
    void send(String message) throws QueueException;

    /** Thrown when the queue did not confirm a message. */
    final class QueueException extends Exception {

        private static final long serialVersionUID = 1L;

        QueueException(String message, Throwable cause) {
            super(message, cause);
        }
    }
}
