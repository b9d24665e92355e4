package dev.ingestkit.local.gateway;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;

/** A server of this machine that answers 418 with what it was sent. */
final class EchoServer implements AutoCloseable {

    private final HttpServer server;

    EchoServer() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException unavailable) {
            throw new UncheckedIOException(unavailable);
        }
        server.createContext("/", EchoServer::answer);
        server.start();
    }

    /** Returns the server's address with a path. */
    String at(String path) {
        return "http://localhost:" + server.getAddress().getPort() + path;
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private static void answer(HttpExchange call) throws IOException {
        ObjectNode seen = SubmitApi.MAPPER.createObjectNode();
        seen.put("request", call.getRequestMethod() + " " + call.getRequestURI());
        seen.put("body", new String(call.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
        seen.put("tenant", call.getRequestHeaders().getFirst("x-tenant"));
        seen.put("type", call.getRequestHeaders().getFirst("content-type"));
        seen.put("forwarded", call.getRequestHeaders().getFirst("x-forwarded-for"));
        byte[] body = seen.toString().getBytes(StandardCharsets.UTF_8);
        call.getResponseHeaders().add("x-server", "echo");
        call.sendResponseHeaders(418, body.length);
        call.getResponseBody().write(body);
        call.close();
    }
}
