package dev.ingestkit.local.http;

import io.netty.channel.Channel;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The part of a request before its body, validated. */
record RequestHead(
        String method,
        String rawPath,
        String rawQuery,
        Map<String, List<String>> headers,
        Map<String, String> sentNames) {

    /** A request that cannot be accepted, with the status and the sentence of the response. */
    static final class RejectedException extends Exception {

        private static final long serialVersionUID = 1L;

        private final int status;

        RejectedException(int status, String reason) {
            super(reason, null, false, false);
            this.status = status;
        }

        HttpResponse response() {
            return HttpResponse.text(status, getMessage() + "\n");
        }
    }

    static RequestHead of(io.netty.handler.codec.http.HttpRequest wire, HostRule hosts) throws RejectedException {
        requireDecoded(wire.decoderResult());
        requireKnownVersion(wire);
        String target = wire.uri();
        @Nullable String authority = null;
        if (target.startsWith("http://") || target.startsWith("https://")) {
            int start = target.indexOf("//") + 2;
            int slash = target.indexOf('/', start);
            authority = slash < 0 ? target.substring(start) : target.substring(start, slash);
            target = slash < 0 ? "/" : target.substring(slash);
        }
        requireTarget(target);
        requireHost(wire, authority, hosts);
        int question = target.indexOf('?');
        String path = question < 0 ? target : target.substring(0, question);
        String query = question < 0 ? "" : target.substring(question + 1);
        Fields fields = Fields.of(wire);
        return new RequestHead(wire.method().name(), path, query, fields.values(), fields.sentNames());
    }

    HttpRequest with(byte[] body, Channel channel) {
        return new HttpRequest(method, rawPath, rawQuery, headers, sentNames, body, addressOf(channel));
    }

    private static String addressOf(Channel channel) {
        SocketAddress address = channel.remoteAddress();
        return address instanceof InetSocketAddress inet && inet.getAddress() != null
                ? inet.getAddress().getHostAddress()
                : "unknown";
    }

    /**
     * Maps a decoder's failure to a status.
     *
     * @throws RejectedException if decoding failed
     */
    static void requireDecoded(DecoderResult result) throws RejectedException {
        if (result.isSuccess()) {
            return;
        }
        if (result.cause() instanceof TooLongHttpHeaderException) {
            throw new RejectedException(431, "the request's header fields are too large");
        }
        if (result.cause() instanceof TooLongHttpLineException) {
            throw new RejectedException(414, "the request line is too long");
        }
        throw new RejectedException(400, "this is not a valid HTTP request");
    }

    private static void requireKnownVersion(io.netty.handler.codec.http.HttpRequest wire) throws RejectedException {
        HttpVersion version = wire.protocolVersion();
        if (!version.equals(HttpVersion.HTTP_1_1) && !version.equals(HttpVersion.HTTP_1_0)) {
            throw new RejectedException(505, "this server supports HTTP/1.1, and HTTP/2 with prior knowledge");
        }
    }

    private static void requireTarget(String target) throws RejectedException {
        if (!target.startsWith("/") && !target.equals("*")) {
            throw new RejectedException(400, "the request target must be a path");
        }
        for (int i = 0; i < target.length(); i++) {
            char next = target.charAt(i);
            if (next <= ' ' || next >= 0x7f || next == '#') {
                throw new RejectedException(400, "the request target has a character that must be percent-encoded");
            }
        }
    }

    private static void requireHost(
            io.netty.handler.codec.http.HttpRequest wire, @Nullable String authority, HostRule hosts)
            throws RejectedException {
        List<String> values = wire.headers().getAll(HttpHeaderNames.HOST);
        if (values.size() > 1) {
            throw new RejectedException(400, "the request has more than one Host header");
        }
        if (values.isEmpty() && authority == null) {
            if (wire.protocolVersion().equals(HttpVersion.HTTP_1_0)) {
                return;
            }
            throw new RejectedException(400, "the request has no Host header");
        }
        for (String name : authority == null ? values : List.of(authority)) {
            if (!hosts.allows(name)) {
                throw new RejectedException(
                        403,
                        "this server does not serve the requested host: only localhost and the address it listens on");
            }
        }
    }

    /** The header fields of a request, and how the client spelled their names. */
    private record Fields(Map<String, List<String>> values, Map<String, String> sentNames) {

        /** Functions behind the gateway see each name in the letter case of its first occurrence. */
        static Fields of(io.netty.handler.codec.http.HttpRequest wire) {
            Map<String, List<String>> values = new LinkedHashMap<>();
            Map<String, String> sentNames = new HashMap<>();
            wire.headers().iteratorCharSequence().forEachRemaining(field -> {
                String sent = field.getKey().toString();
                String name = sent.toLowerCase(Locale.ROOT);
                if (!sent.equals(name)) {
                    sentNames.putIfAbsent(name, sent);
                }
                // Netty's own form of HTTP/2's pseudo header fields; a client cannot send them.
                if (!name.startsWith("x-http2-")) {
                    values.computeIfAbsent(name, any -> new ArrayList<>(1))
                            .add(field.getValue().toString());
                }
            });
            return new Fields(Collections.unmodifiableMap(values), Collections.unmodifiableMap(sentNames));
        }
    }
}
