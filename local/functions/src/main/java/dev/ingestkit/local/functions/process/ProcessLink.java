package dev.ingestkit.local.functions.process;

import dev.ingestkit.local.bootstrap.Frame;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;

/** The connection to one function's process. Any thread may send; one thread receives, another reports output. */
public interface ProcessLink extends Closeable {

    /** Returns the loopback port that the process connects to. */
    int port();

    /**
     * Gives a started process its instructions on its standard input.
     *
     * @throws IOException if the process has exited before it read them
     */
    void instruct(OutputStream in) throws IOException;

    /**
     * Waits until a started process is connected.
     *
     * @return false if it has exited or did not connect in time
     * @throws IOException if the connection failed
     */
    boolean connect(Process started) throws IOException;

    /**
     * Sends a frame to the connected process.
     *
     * @throws IOException if the connection is broken
     */
    void send(Frame frame) throws IOException;

    /**
     * Waits for the next frame.
     *
     * @throws java.io.EOFException when the process has exited or the link is closed
     */
    Frame receive() throws IOException;

    /**
     * Receives a line that the process has printed.
     *
     * @return false if the link cannot tell which environment printed it
     */
    boolean printed(String line);

    /** Reports that the output of the process has ended. */
    void outputEnded();
}
