package dev.ingestkit.local.http;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Configuration of a server. Immutable; created by {@link #loopback} and changed by the {@code with…} methods.
 *
 * @param host the address to bind; loopback unless the user asks for more
 * @param port the port, or 0 for any free one
 * @param limits bounds on what a client may send
 * @param timeouts bounds on how long a client may take
 * @param threads I/O threads, at least 1
 * @param tls the certificate for clients that speak TLS; without one their connections are closed
 */
public record HttpServerConfig(
        String host,
        int port,
        Limits limits,
        Timeouts timeouts,
        int threads,
        @Nullable TlsCertificate tls) {

    private static final int DEFAULT_MAX_THREADS = 4;

    /**
     * Bounds on what a client may send.
     *
     * @param maxBodyBytes a longer request body gets 413
     * @param maxHeaderBytes a longer request head gets 431 (fields) or 414 (request line)
     */
    public record Limits(int maxBodyBytes, int maxHeaderBytes) {
        /** The defaults: 32 MiB leave room for the 10 MiB of Kinesis' PutRecords in base64. */
        public static final Limits DEFAULT = new Limits(32 << 20, 32 << 10);

        public Limits {
            requirePositive("maxBodyBytes", maxBodyBytes);
            requirePositive("maxHeaderBytes", maxHeaderBytes);
        }
    }

    /**
     * Bounds on how long a client may take.
     *
     * @param idle a connection without a request is closed after this time
     * @param request a request that is incomplete this long after its first byte gets 408
     * @param close the maximum time that {@link HttpServer#close} waits for responses in flight
     */
    public record Timeouts(Duration idle, Duration request, Duration close) {
        /** The defaults: three minutes, 30 seconds and two seconds. */
        public static final Timeouts DEFAULT =
                new Timeouts(Duration.ofMinutes(3), Duration.ofSeconds(30), Duration.ofSeconds(2));

        public Timeouts {
            requirePositive("idle", idle.toNanos());
            requirePositive("request", request.toNanos());
            if (close.isNegative()) {
                throw new IllegalArgumentException("close must not be negative: " + close);
            }
        }
    }

    public HttpServerConfig {
        requireNonNull(host, "host");
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("port must be 0 to 65535: " + port);
        }
        requireNonNull(limits, "limits");
        requireNonNull(timeouts, "timeouts");
        requirePositive("threads", threads);
    }

    /**
     * Returns the defaults on 127.0.0.1.
     *
     * @param port the port, or 0 for any free one
     */
    public static HttpServerConfig loopback(int port) {
        int threads = Math.min(DEFAULT_MAX_THREADS, Runtime.getRuntime().availableProcessors());
        return new HttpServerConfig("127.0.0.1", port, Limits.DEFAULT, Timeouts.DEFAULT, threads, null);
    }

    /** Returns this configuration bound to another address. */
    public HttpServerConfig withHost(String value) {
        return new HttpServerConfig(value, port, limits, timeouts, threads, tls);
    }

    /** Returns this configuration with other {@link Limits}. */
    HttpServerConfig withLimits(int bodyBytes, int headerBytes) {
        return new HttpServerConfig(host, port, new Limits(bodyBytes, headerBytes), timeouts, threads, tls);
    }

    /** Returns this configuration with other {@link Timeouts}. */
    public HttpServerConfig withTimeouts(Duration idle, Duration request, Duration close) {
        return new HttpServerConfig(host, port, limits, new Timeouts(idle, request, close), threads, tls);
    }

    /** Returns this configuration with TLS on the same port. */
    public HttpServerConfig withTls(TlsCertificate value) {
        return new HttpServerConfig(host, port, limits, timeouts, threads, requireNonNull(value, "tls"));
    }

    private static void requirePositive(String name, long value) {
        if (value <= 0) {
            throw new IllegalArgumentException(name + " must be more than 0: " + value);
        }
    }
}
