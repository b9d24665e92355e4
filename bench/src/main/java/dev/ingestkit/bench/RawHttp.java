package dev.ingestkit.bench;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/**
 * One persistent HTTP/1.1 connection that sends prepared requests and reads answers of a known length: the cheapest
 * client possible on the processors it shares with what it measures. Not thread-safe.
 */
final class RawHttp implements AutoCloseable {

    private static final int BUFFER = 64 << 10;
    private static final int MAX_HEAD = 8 << 10;
    private static final String END = "\r\n\r\n";
    private static final String LENGTH = "content-length:";

    private final Socket socket;
    private final InputStream in;

    /** Connects by plain HTTP. */
    RawHttp(URI server) throws IOException {
        if (!"http".equals(server.getScheme())) {
            throw new IllegalArgumentException("a bare connection measures http:// only, not " + server);
        }
        this.socket = new Socket(server.getHost(), server.getPort() < 0 ? 80 : server.getPort());
        socket.setTcpNoDelay(true);
        this.in = new BufferedInputStream(socket.getInputStream(), BUFFER);
    }

    /** A whole request, head and body, ready to be sent any number of times. */
    static byte[] post(URI server, String headers, byte[] body) {
        String path = server.getPath().isEmpty() ? "/" : server.getPath();
        String head = "POST " + path + " HTTP/1.1\r\nHost: " + server.getAuthority() + "\r\n" + headers
                + "Content-Length: " + body.length + "\r\n\r\n";
        byte[] first = head.getBytes(StandardCharsets.US_ASCII);
        byte[] request = new byte[first.length + body.length];
        System.arraycopy(first, 0, request, 0, first.length);
        System.arraycopy(body, 0, request, first.length, body.length);
        return request;
    }

    /**
     * Sends a request and reads the whole answer.
     *
     * @return the answer's body
     * @throws IllegalStateException when the status is not 200
     */
    byte[] exchange(byte[] request) throws IOException {
        socket.getOutputStream().write(request);
        String head = head();
        int length = 0;
        for (String line : head.split("\r\n", -1)) {
            if (line.regionMatches(true, 0, LENGTH, 0, LENGTH.length())) {
                length = Integer.parseInt(line.substring(LENGTH.length()).strip());
            }
        }
        byte[] body = in.readNBytes(length);
        if (body.length < length) {
            throw new EOFException("the connection closed within an answer");
        }
        if (!head.startsWith("HTTP/1.1 200")) {
            throw new IllegalStateException(
                    head.lines().findFirst().orElse("") + ": " + new String(body, StandardCharsets.UTF_8));
        }
        return body;
    }

    private String head() throws IOException {
        StringBuilder head = new StringBuilder(256);
        int ends = 0; // bytes of the empty line seen so far
        while (ends < END.length()) {
            int next = in.read();
            if (next < 0 || head.length() > MAX_HEAD) {
                throw new EOFException("not the head of an answer: " + head);
            }
            head.append((char) next);
            ends = next == END.charAt(ends) ? ends + 1 : next == '\r' ? 1 : 0;
        }
        return head.toString();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
