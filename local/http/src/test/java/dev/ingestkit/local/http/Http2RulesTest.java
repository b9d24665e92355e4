package dev.ingestkit.local.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.DefaultHttp2HeadersDecoder;
import io.netty.handler.codec.http2.DefaultHttp2HeadersEncoder;
import io.netty.handler.codec.http2.Http2CodecUtil;
import io.netty.handler.codec.http2.Http2Headers;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Checks that the rules on host names and origins apply to HTTP/2 as to HTTP/1.1. */
final class Http2RulesTest {

    private static final int DATA = 0;
    private static final int HEADERS = 1;
    private static final int SETTINGS = 4;
    private static final int END_OF_HEADERS = 4;
    private static final int END_OF_STREAM_AND_HEADERS = 5;
    private static HttpServer server;

    @BeforeAll
    static void start() {
        HttpHandler handler = request -> CompletableFuture.completedFuture(HttpResponse.text(200, "in"));
        server = HttpServer.start(HttpServerConfig.loopback(0), new OriginRule(List.of()).guard(handler));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @ParameterizedTest
    @CsvSource({
        "localhost, '', 200",
        "127.0.0.1:4566, http://localhost:3000, 200",
        "evil.example, '', 403",
        "localhost.evil.example, '', 403",
        "localhost, https://evil.example, 403",
        "localhost, 'null', 403"
    })
    void foreignAuthoritiesAndOriginsAreRejected(String authority, String origin, String status) throws Exception {
        Http2Headers request = new DefaultHttp2Headers()
                .method("POST")
                .scheme("http")
                .path("/")
                .authority(authority);
        if (!origin.isEmpty()) {
            request.add("origin", origin);
        }

        assertThat(status(request)).isEqualTo(status);
    }

    @Test
    void halfClosedConnectionsAreClosedAfterTheirResponses() throws Exception {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            socket.setSoTimeout(30_000);
            DataOutputStream out = new DataOutputStream(socket.getOutputStream());
            request(
                    out,
                    new DefaultHttp2Headers()
                            .method("GET")
                            .scheme("http")
                            .path("/")
                            .authority("localhost"));
            socket.shutdownOutput();
            DataInputStream in = new DataInputStream(socket.getInputStream());

            assertThat(readStatus(in)).isEqualTo("200");
            assertThat(in.readAllBytes()).isNotEmpty();
        }
    }

    @Test
    void aLargeBodyThatNobodyReadsIsRefusedBeforeItIsSent() throws Exception {
        try (HttpServer limited = HttpServer.start(HttpServerConfig.loopback(0), new LargeBodyTest.SizeHandler());
                Socket socket = new Socket(InetAddress.getLoopbackAddress(), limited.port())) {
            socket.setSoTimeout(30_000);
            request(
                    new DataOutputStream(socket.getOutputStream()),
                    new DefaultHttp2Headers()
                            .method("POST")
                            .scheme("http")
                            .path("/limited")
                            .authority("localhost")
                            .add("content-length", "99999999"),
                    END_OF_HEADERS);

            DataInputStream in = new DataInputStream(socket.getInputStream());
            assertThat(readStatus(in)).isEqualTo("413");
            assertThat(new String(readFrame(in, DATA), StandardCharsets.UTF_8)).isEqualTo("99999999 of 0");
        }
    }

    private static String status(Http2Headers request) throws Exception {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            socket.setSoTimeout(30_000);
            DataOutputStream out = new DataOutputStream(socket.getOutputStream());
            request(out, request);
            return readStatus(new DataInputStream(socket.getInputStream()));
        }
    }

    private static void request(DataOutputStream out, Http2Headers request) throws Exception {
        request(out, request, END_OF_STREAM_AND_HEADERS);
    }

    private static void request(DataOutputStream out, Http2Headers request, int flags) throws Exception {
        ByteBuf preface = Http2CodecUtil.connectionPrefaceBuf();
        preface.readBytes(out, preface.readableBytes());
        frame(out, SETTINGS, 0, 0, new byte[0]);
        ByteBuf block = Unpooled.buffer();
        new DefaultHttp2HeadersEncoder().encodeHeaders(1, request, block);
        byte[] bytes = new byte[block.readableBytes()];
        block.readBytes(bytes);
        frame(out, HEADERS, flags, 1, bytes);
        out.flush();
    }

    private static void frame(DataOutputStream out, int type, int flags, int stream, byte[] payload)
            throws IOException {
        out.writeByte(payload.length >>> 16);
        out.writeShort(payload.length);
        out.writeByte(type);
        out.writeByte(flags);
        out.writeInt(stream);
        out.write(payload);
    }

    /** Reads frames up to the response's head and returns its status. */
    private static String readStatus(DataInputStream in) throws Exception {
        return new DefaultHttp2HeadersDecoder()
                .decodeHeaders(1, Unpooled.wrappedBuffer(readFrame(in, HEADERS)))
                .status()
                .toString();
    }

    /** Reads frames up to one of a type and returns its payload. */
    private static byte[] readFrame(DataInputStream in, int wanted) throws IOException {
        while (true) {
            int length = (in.readUnsignedByte() << 16) | in.readUnsignedShort();
            int type = in.readUnsignedByte();
            in.readUnsignedByte();
            in.readInt();
            byte[] payload = in.readNBytes(length);
            if (type == wanted) {
                return payload;
            }
        }
    }
}
