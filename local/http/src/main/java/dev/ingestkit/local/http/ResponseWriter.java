package dev.ingestkit.local.http;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpHeadersFactory;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Turns responses into wire messages. Both protocol versions share it; their codecs do the rest. */
final class ResponseWriter {

    /** Headers that only the server sets. */
    private static final Set<String> OWN_HEADERS =
            Set.of("content-length", "transfer-encoding", "connection", "keep-alive", "upgrade", "date");

    private static final byte[] EMPTY = new byte[0];

    private final ServerContext server;
    private final boolean http2;

    ResponseWriter(ServerContext server, boolean http2) {
        this.server = server;
        this.http2 = http2;
    }

    /**
     * Writes a complete response, without flushing.
     *
     * @throws IllegalArgumentException if a header cannot be written, for instance because of a line break; nothing is
     *     written then
     */
    ChannelFuture write(ChannelHandlerContext context, HttpResponse response, byte[] content, Framing framing) {
        boolean bodiless = bodiless(response.status());
        byte[] sent = bodiless || framing.head() ? EMPTY : content;
        HttpHeaders headers = headersOf(response, framing);
        if (!bodiless) {
            headers.set(HttpHeaderNames.CONTENT_LENGTH, Integer.toString(content.length));
        }
        return context.write(new DefaultFullHttpResponse(
                HttpVersion.HTTP_1_1,
                HttpResponseStatus.valueOf(response.status()),
                Unpooled.wrappedBuffer(sent),
                headers,
                EmptyHttpHeaders.INSTANCE));
    }

    /** Writes the head of a streamed response, without flushing. */
    ChannelFuture writeHead(ChannelHandlerContext context, HttpResponse response, Framing framing) {
        HttpHeaders headers = headersOf(response, framing);
        if (!http2 && !framing.http10()) {
            headers.set(HttpHeaderNames.TRANSFER_ENCODING, HttpHeaderValues.CHUNKED);
        }
        return context.write(
                new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.valueOf(response.status()), headers));
    }

    static boolean bodiless(int status) {
        return status == 204 || status == 205 || status == 304;
    }

    private HttpHeaders headersOf(HttpResponse response, Framing framing) {
        if (response.status() < 200) {
            throw new IllegalArgumentException(
                    "the status of a final response must be 200 to 599: " + response.status());
        }
        HttpHeaders headers = DefaultHttpHeadersFactory.headersFactory().newHeaders();
        for (Map.Entry<String, List<String>> field : response.headers().entrySet()) {
            if (!OWN_HEADERS.contains(field.getKey().toLowerCase(Locale.ROOT))) {
                headers.add(field.getKey(), field.getValue());
            }
        }
        headers.set(HttpHeaderNames.DATE, server.date());
        if (!http2) {
            setConnection(headers, framing);
        }
        return headers;
    }

    private static void setConnection(HttpHeaders headers, Framing framing) {
        if (!framing.keepAlive()) {
            headers.set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
        } else if (framing.http10()) {
            headers.set(HttpHeaderNames.CONNECTION, HttpHeaderValues.KEEP_ALIVE);
        }
    }

    /**
     * Facts of the request that decide how the response is framed.
     *
     * @param head whether the method is HEAD
     * @param http10 whether the request is HTTP/1.0
     * @param keepAlive whether the connection stays open afterwards
     */
    record Framing(boolean head, boolean http10, boolean keepAlive) {

        Framing closing() {
            return new Framing(head, http10, false);
        }
    }
}
