package dev.ingestkit.local.http;

import static java.util.Objects.requireNonNull;

import io.netty.bootstrap.ServerBootstrap;
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
 * A server on one port for HTTP/1.1 and HTTP/2 with prior knowledge, told apart by a connection's first bytes. Answers
 * of a pipelined connection keep the requests' order; whatever cannot be taken is answered with a status and a sentence,
 * and the connection ends. Thread-safe.
 */
@SuppressWarnings("FutureReturnValueIgnored") // Netty tells of failures by the pipeline
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
     * Listens and answers from now on.
     *
     * @throws AddressUnavailableException the port is in use, or the host is not an address of this machine
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

    /** The port that is listened on, also when any free one was asked for. */
    public int port() {
        return ((InetSocketAddress) listener.localAddress()).getPort();
    }

    /**
     * Stops listening, lets answers that are under way go out for at most the close time-out, then ends all
     * connections. Idempotent.
     */
    @Override
    public void close() {
        server.startClosing();
        listener.close().awaitUninterruptibly();
        try {
            server.inFlight.awaitNone(server.config.closeTimeout());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        connections.close().awaitUninterruptibly(server.config.closeTimeout().toMillis() + 1000);
        loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly(2, TimeUnit.SECONDS);
    }

    /** Body bytes that requests under way hold. */
    long reservedBytes() {
        return server.reservedBytes();
    }

    /** Connections that are open. */
    int connectionCount() {
        return connections.size();
    }

    private static AddressUnavailableException unavailable(HttpServerConfig config, Throwable cause) {
        String text = String.valueOf(cause.getMessage());
        boolean inUse = cause instanceof BindException && text.contains("in use");
        String reason = inUse ? "another program uses this port. End it, or choose another port" : text;
        return new AddressUnavailableException(config.host(), config.port(), reason, cause);
    }

    /** There, the option lets a second server steal the port; elsewhere it lets a restarted one have it at once. */
    private static boolean isWindows() {
        return System.getProperty("os.name", "").startsWith("Windows");
    }
}
