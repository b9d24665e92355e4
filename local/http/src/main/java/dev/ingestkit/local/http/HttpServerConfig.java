package dev.ingestkit.local.http;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.List;

/**
 * How a server listens and what it puts up with. Immutable; made by {@link #loopback} and the {@code with…} methods.
 *
 * @param host the address to bind; loopback unless a user asks for more
 * @param port 0 for any free port
 * @param maxBodyBytes a longer request body is answered with 413. The default of 32 MiB leaves room for Kinesis'
 *     PutRecords of 10 MiB in base64
 * @param maxHeaderBytes a longer request head is answered with 431 (fields) or 414 (request line)
 * @param idleTimeout a connection without a request is closed after so long
 * @param requestTimeout a request that has not arrived completely so long after its first byte is answered with 408
 * @param closeTimeout how long {@link HttpServer#close} waits for answers that are under way
 * @param allowedHosts names that a {@code Host} header may carry besides those of this machine; {@code *.example.com}
 *     stands for every name below one
 * @param threads I/O threads, at least 1
 */
public record HttpServerConfig(
        String host,
        int port,
        int maxBodyBytes,
        int maxHeaderBytes,
        Duration idleTimeout,
        Duration requestTimeout,
        Duration closeTimeout,
        List<String> allowedHosts,
        int threads) {

    private static final int DEFAULT_MAX_BODY_BYTES = 32 << 20;
    private static final int DEFAULT_MAX_HEADER_BYTES = 32 << 10;
    private static final int DEFAULT_MAX_THREADS = 4;

    public HttpServerConfig {
        requireNonNull(host, "host");
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("port must be 0 to 65535: " + port);
        }
        requirePositive("maxBodyBytes", maxBodyBytes);
        requirePositive("maxHeaderBytes", maxHeaderBytes);
        requirePositive("idleTimeout", idleTimeout.toNanos());
        requirePositive("requestTimeout", requestTimeout.toNanos());
        if (closeTimeout.isNegative()) {
            throw new IllegalArgumentException("closeTimeout must not be negative: " + closeTimeout);
        }
        allowedHosts = List.copyOf(allowedHosts);
        requirePositive("threads", threads);
    }

    /**
     * The defaults on 127.0.0.1.
     *
     * @param port 0 for any free port
     */
    public static HttpServerConfig loopback(int port) {
        int threads = Math.min(DEFAULT_MAX_THREADS, Runtime.getRuntime().availableProcessors());
        return new HttpServerConfig(
                "127.0.0.1",
                port,
                DEFAULT_MAX_BODY_BYTES,
                DEFAULT_MAX_HEADER_BYTES,
                Duration.ofMinutes(3),
                Duration.ofSeconds(30),
                Duration.ofSeconds(2),
                List.of(),
                threads);
    }

    public HttpServerConfig withHost(String value) {
        return new HttpServerConfig(
                value,
                port,
                maxBodyBytes,
                maxHeaderBytes,
                idleTimeout,
                requestTimeout,
                closeTimeout,
                allowedHosts,
                threads);
    }

    public HttpServerConfig withAllowedHosts(List<String> value) {
        return new HttpServerConfig(
                host, port, maxBodyBytes, maxHeaderBytes, idleTimeout, requestTimeout, closeTimeout, value, threads);
    }

    public HttpServerConfig withLimits(int bodyBytes, int headerBytes) {
        return new HttpServerConfig(
                host, port, bodyBytes, headerBytes, idleTimeout, requestTimeout, closeTimeout, allowedHosts, threads);
    }

    public HttpServerConfig withTimeouts(Duration idle, Duration request, Duration close) {
        return new HttpServerConfig(
                host, port, maxBodyBytes, maxHeaderBytes, idle, request, close, allowedHosts, threads);
    }

    private static void requirePositive(String name, long value) {
        if (value <= 0) {
            throw new IllegalArgumentException(name + " must be more than 0: " + value);
        }
    }
}
