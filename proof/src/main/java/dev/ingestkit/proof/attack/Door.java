package dev.ingestkit.proof.attack;

import static java.util.Objects.requireNonNull;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The port under attack, reached by plain sockets because a client library would refuse to send this input.
 * Thread-safe.
 *
 * @param port the port on loopback
 * @param submitPath the API's path up to the event id
 * @param authorization a header value that the API's authorizer accepts
 */
public record Door(int port, String submitPath, String authorization) {

    /** Longer than any answer may take and shorter than a run: a later answer counts as a hang. */
    static final int MAX_WAIT_MILLIS = 20_000;

    private static final int MAX_ANSWER_BYTES = 1 << 20;
    private static final Pattern STATUS = Pattern.compile("HTTP/1\\.[01] (\\d{3}) ");

    public Door {
        requireNonNull(submitPath, "submitPath");
        requireNonNull(authorization, "authorization");
    }

    /** Returns the port of a running stack. */
    public static Door of(URI submitUrl, String stream, String authorization) {
        return new Door(submitUrl.getPort(), submitUrl.getRawPath() + "/" + stream + "/", authorization);
    }

    /**
     * An answer as received.
     *
     * @param text the whole answer; empty when the server closed the connection without one
     */
    record Answer(String text) {

        /** Returns the last status in the text, which is the final one: 100 may precede it. */
        Optional<Integer> status() {
            Matcher matcher = STATUS.matcher(text);
            Optional<Integer> last = Optional.empty();
            while (matcher.find()) {
                last = Optional.of(Integer.parseInt(matcher.group(1)));
            }
            return last;
        }
    }

    Socket connect() throws IOException {
        Socket socket = new Socket();
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), MAX_WAIT_MILLIS);
        socket.setSoTimeout(MAX_WAIT_MILLIS);
        return socket;
    }

    /** Sends the bytes, closes the sending side, and reads until the server closes the connection. */
    Answer exchange(byte[] bytes) throws IOException {
        try (Socket socket = connect()) {
            try {
                socket.getOutputStream().write(bytes);
                socket.shutdownOutput();
            } catch (IOException refusedWhileSending) {
                // The server may close the connection before it has read everything; its answer can still be read.
                return new Answer(read(socket.getInputStream()));
            }
            return new Answer(read(socket.getInputStream()));
        }
    }

    /** Reads to the end. A reset connection counts as closed. */
    static String read(InputStream in) throws IOException {
        ByteArrayOutputStream read = new ByteArrayOutputStream();
        byte[] piece = new byte[8192];
        try {
            for (int length = in.read(piece); length >= 0 && read.size() < MAX_ANSWER_BYTES; length = in.read(piece)) {
                read.write(piece, 0, length);
            }
        } catch (SocketTimeoutException hang) {
            throw hang;
        } catch (IOException reset) {
            return read.toString(StandardCharsets.ISO_8859_1);
        }
        return read.toString(StandardCharsets.ISO_8859_1);
    }

    /** Returns whether the port answers a plain request. */
    boolean answers() throws IOException {
        String request = "GET /_ingest/status HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
        return exchange(request.getBytes(StandardCharsets.US_ASCII)).status().equals(Optional.of(200));
    }
}
