package dev.ingestkit.local.http;

import static java.util.Objects.requireNonNull;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufAllocatorMetricProvider;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.util.concurrent.TimeUnit;

/**
 * Serves HTTP/1.1 and HTTP/2 on one port, plain or by TLS, telling them apart by a connection's first bytes.
 * Responses of a pipelined connection keep the order of the requests. A request that cannot be accepted gets a status
 * and a sentence, and its connection is closed. Thread-safe; handlers run on daemon I/O threads.
 */
@SuppressWarnings("FutureReturnValueIgnored") // Netty reports failures through the pipeline
public final class HttpServer implements AutoCloseable {

    private static final int BACKLOG = 1024;

    private final ServerContext server;
    private final EventLoopGroup loops;
    private final ChannelGroup connections;
    private final Channel listener;

    private HttpServer(ServerContext server, EventLoopGroup loops, ChannelGroup connections, Channel listener) {
        this.server = server;
        this.loops = loops;
        this.connections = connections;
        this.listener = listener;
    }

    /**
     * Binds the address and starts serving.
     *
     * @throws AddressUnavailableException if the port is in use or the host is not an address of this machine
     */
    public static HttpServer start(HttpServerConfig config, HttpHandler handler) {
        ServerContext server = new ServerContext(
                requireNonNull(config, "config"), requireNonNull(handler, "handler"), Clock.systemUTC());
        EventLoopGroup loops = new MultiThreadIoEventLoopGroup(
                config.threads(), new DefaultThreadFactory("http", true), NioIoHandler.newFactory());
        ChannelGroup connections = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE, true);
        ChannelFuture bound = new ServerBootstrap()
                .group(loops)
                .channel(NioServerSocketChannel.class)
                .option(ChannelOption.SO_BACKLOG, BACKLOG)
                .option(ChannelOption.SO_REUSEADDR, !isWindows())
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childOption(ChannelOption.ALLOW_HALF_CLOSURE, true)
                .childHandler(new ConnectionInitializer(server, connections))
                .bind(new InetSocketAddress(config.host(), config.port()))
                .awaitUninterruptibly();
        if (!bound.isSuccess()) {
            loops.shutdownGracefully(0, 0, TimeUnit.SECONDS);
            throw unavailable(config, bound.cause());
        }
        return new HttpServer(server, loops, connections, bound.channel());
    }

    /** Returns the bound port, also when the configuration asked for any free one. */
    public int port() {
        return ((InetSocketAddress) listener.localAddress()).getPort();
    }

    /**
     * Stops listening, waits at most the close timeout for responses in flight, then closes all connections.
     * Idempotent.
     */
    @Override
    public void close() {
        server.startClosing();
        listener.close().awaitUninterruptibly();
        try {
            server.inFlight.awaitNone(server.config.timeouts().close());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        connections
                .close()
                .awaitUninterruptibly(server.config.timeouts().close().toMillis() + 1000);
        loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly(2, TimeUnit.SECONDS);
    }

    /** Returns the memory of the network buffers that all servers of this process share, outside the heap, in bytes. */
    public static long bufferBytes() {
        return ((ByteBufAllocatorMetricProvider) ByteBufAllocator.DEFAULT)
                .metric()
                .usedDirectMemory();
    }

    /** Returns the body bytes held by requests in flight. */
    long reservedBytes() {
        return server.reservedBytes();
    }

    /** Returns the number of open connections. */
    int connectionCount() {
        return connections.size();
    }

    private static AddressUnavailableException unavailable(HttpServerConfig config, Throwable cause) {
        String text = String.valueOf(cause.getMessage());
        boolean inUse = cause instanceof BindException && text.contains("in use");
        String reason = inUse ? "another program uses this port; stop it or choose another port" : text;
        return new AddressUnavailableException(config.host(), config.port(), reason, cause);
    }

    /**
     * Returns whether this is Windows, where SO_REUSEADDR lets a second server steal the port; elsewhere it lets a
     * restarted one bind at once.
     */
    private static boolean isWindows() {
        return System.getProperty("os.name", "").startsWith("Windows");
    }
}
