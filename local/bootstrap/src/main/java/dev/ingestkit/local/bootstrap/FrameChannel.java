package dev.ingestkit.local.bootstrap;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.Socket;

/**
 * Sends and receives frames over a loopback connection. Any thread may send, and frames are never interleaved; one
 * thread receives.
 */
public final class FrameChannel implements Closeable {

    private static final int BUFFER = 64 * 1024;

    private final Socket socket;
    private final DataInputStream in;
    private final DataOutputStream out;

    /** Opens a channel over a connected socket. */
    public FrameChannel(Socket socket) throws IOException {
        this.socket = socket;
        socket.setTcpNoDelay(true);
        this.in = new DataInputStream(new BufferedInputStream(socket.getInputStream(), BUFFER));
        this.out = new DataOutputStream(new BufferedOutputStream(socket.getOutputStream(), BUFFER));
    }

    /** Sends a frame. */
    public void send(Frame frame) throws IOException {
        synchronized (out) {
            frame.write(out);
        }
    }

    /**
     * Waits for the next frame.
     *
     * @throws java.io.EOFException when the other side has closed
     */
    public Frame receive() throws IOException {
        return Frame.read(in);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
