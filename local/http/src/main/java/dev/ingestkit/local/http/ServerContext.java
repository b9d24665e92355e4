package dev.ingestkit.local.http;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;

/** State shared by all connections of one server. Thread-safe. */
final class ServerContext {

    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.US)
            .withZone(ZoneOffset.UTC);
    private static final long HEAP_SHARE = 4;

    final HttpServerConfig config;
    final HttpHandler handler;
    final HostRule hosts;
    final InFlight inFlight = new InFlight();

    private final Clock clock;
    private final AtomicLong bodyBytes = new AtomicLong();
    private final long maxBodyBytesOfAll;
    private volatile Stamp stamp = new Stamp(-1, "");
    private volatile boolean closing;

    ServerContext(HttpServerConfig config, HttpHandler handler, Clock clock) {
        this.config = config;
        this.handler = handler;
        this.clock = clock;
        this.hosts = new HostRule(config.host());
        this.maxBodyBytesOfAll = Math.max(
                2L * config.limits().maxBodyBytes(), Runtime.getRuntime().maxMemory() / HEAP_SHARE);
    }

    /** Reserves memory for a request's body. Returns false when all requests together hold too many. */
    boolean reserve(int bytes) {
        if (bodyBytes.addAndGet(bytes) <= maxBodyBytesOfAll) {
            return true;
        }
        bodyBytes.addAndGet(-bytes);
        return false;
    }

    void release(int bytes) {
        bodyBytes.addAndGet(-bytes);
    }

    /** Returns the bytes reserved for bodies now. */
    long reservedBytes() {
        return bodyBytes.get();
    }

    /** Returns the value of the Date header, formatted once a second. */
    String date() {
        Instant now = clock.instant();
        Stamp current = stamp;
        if (current.second != now.getEpochSecond()) {
            current = new Stamp(now.getEpochSecond(), DATE.format(now));
            stamp = current;
        }
        return current.text;
    }

    void startClosing() {
        closing = true;
    }

    boolean isClosing() {
        return closing;
    }

    private record Stamp(long second, String text) {}
}
