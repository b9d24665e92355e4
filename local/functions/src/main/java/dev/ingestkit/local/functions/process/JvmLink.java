package dev.ingestkit.local.functions.process;

import dev.ingestkit.local.bootstrap.Frame;
import dev.ingestkit.local.bootstrap.FrameChannel;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The link to a JVM of the bootstrap, which connects back and authenticates by a token. Thread-safe. */
public final class JvmLink implements ProcessLink {

    private static final Logger LOG = LoggerFactory.getLogger(JvmLink.class);
    private static final int CONNECT_MILLIS = 30_000;
    private static final int GREETING_MILLIS = 5_000;

    private final ServerSocket server;
    private final String token;
    private final String classPath;
    private volatile @Nullable FrameChannel channel;

    /**
     * Listens for the JVM.
     *
     * @param token what the JVM must send first
     * @param classPath the class path of its execution environments
     * @throws IOException if no port can be opened
     */
    public JvmLink(String token, String classPath) throws IOException {
        this.server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        this.token = token;
        this.classPath = classPath;
    }

    @Override
    public int port() {
        return server.getLocalPort();
    }

    @Override
    public void instruct(OutputStream in) throws IOException {
        String instructions = port() + "\n" + token + "\n" + classPath + "\n";
        try (in) {
            in.write(instructions.getBytes(StandardCharsets.UTF_8));
        }
    }

    /** Waits for the JVM's connection; a connection without the token is rejected. */
    @Override
    public boolean connect(Process started) throws IOException {
        server.setSoTimeout(CONNECT_MILLIS);
        CompletableFuture<Void> unused = started.onExit().thenRun(() -> close(server));
        while (started.isAlive()) {
            Socket socket;
            try {
                socket = server.accept();
            } catch (IOException ended) {
                LOG.debug("Process {} has not connected", started.pid(), ended);
                return false;
            }
            if (greet(socket)) {
                return true;
            }
        }
        return false;
    }

    private boolean greet(Socket socket) {
        try {
            socket.setSoTimeout(GREETING_MILLIS);
            FrameChannel candidate = new FrameChannel(socket);
            Frame hello = candidate.receive();
            if (hello.type() == Frame.Type.HELLO && hello.texts().equals(List.of(token))) {
                socket.setSoTimeout(0);
                channel = candidate;
                return true;
            }
            candidate.close();
        } catch (IOException stranger) {
            LOG.debug("Rejected a connection without the token", stranger);
            close(socket);
        }
        return false;
    }

    private FrameChannel connected() {
        return Objects.requireNonNull(channel, "not connected");
    }

    @Override
    public void send(Frame frame) throws IOException {
        connected().send(frame);
    }

    @Override
    public Frame receive() throws IOException {
        return connected().receive();
    }

    @Override
    public boolean printed(String line) {
        return false;
    }

    @Override
    public void outputEnded() {
        // Frames carry the output of environments; what the JVM itself prints is not waited for.
    }

    @Override
    public void close() throws IOException {
        try (server) {
            FrameChannel open = channel;
            if (open != null) {
                open.close();
            }
        }
    }

    private static void close(Closeable connection) {
        try {
            connection.close();
        } catch (IOException failed) {
            LOG.debug("Closing a connection failed", failed);
        }
    }
}
