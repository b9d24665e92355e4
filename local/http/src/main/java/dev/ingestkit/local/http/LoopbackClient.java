package dev.ingestkit.local.http;

import static java.util.Objects.requireNonNull;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.DefaultHttpHeadersFactory;
import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Calls a server of this process on loopback over a bounded number of kept HTTP/1.1 connections. Each connection
 * carries one request at a time; further calls wait in order. A request is never sent twice. Thread-safe.
 */
@SuppressWarnings("FutureReturnValueIgnored") // Netty reports failures through the pipeline
public final class LoopbackClient implements AutoCloseable {

    private static final int MAX_RESPONSE_BYTES = 64 << 20;
    private static final int CONNECT_MILLIS = 10_000;

    private final EventLoopGroup group;
    private final EventLoop loop;
    private final Bootstrap bootstrap;
    private final int connections;
    private final String host;

    // Confined to the event loop.
    private final Deque<Channel> idle = new ArrayDeque<>();
    private final Queue<Call> waiting = new ArrayDeque<>();
    private int open;
    private boolean closed;

    private record Call(FullHttpRequest request, CompletableFuture<HttpResponse> future) {}

    /**
     * Creates a client; connections are opened on demand.
     *
     * @param name the name of the client's thread
     * @param connections the number of requests in flight at once, at least 1
     */
    public LoopbackClient(String name, InetSocketAddress server, int connections) {
        if (connections < 1) {
            throw new IllegalArgumentException("connections must be at least 1: " + connections);
        }
        this.connections = connections;
        this.host = requireNonNull(server, "server").getHostString() + ":" + server.getPort();
        this.group =
                new MultiThreadIoEventLoopGroup(1, new DefaultThreadFactory(name, true), NioIoHandler.newFactory());
        this.loop = group.next();
        this.bootstrap = new Bootstrap()
                .group(loop)
                .channel(NioSocketChannel.class)
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_MILLIS)
                .remoteAddress(server)
                .handler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel channel) {
                        channel.pipeline()
                                .addLast(
                                        new HttpClientCodec(),
                                        new HttpObjectAggregator(MAX_RESPONSE_BYTES),
                                        new Exchange());
                    }
                });
    }

    /**
     * Posts a body to the server's root.
     *
     * @return the response with its headers as received; fails with {@link IOException} when the connection fails, and
     *     then it is unknown whether the server has processed the request
     */
    public CompletableFuture<HttpResponse> post(Map<String, String> headers, byte[] body) {
        HttpHeaders fields = DefaultHttpHeadersFactory.headersFactory().newHeaders();
        fields.set(HttpHeaderNames.HOST, host);
        fields.set(HttpHeaderNames.CONTENT_LENGTH, body.length);
        headers.forEach(fields::set);
        FullHttpRequest request = new DefaultFullHttpRequest(
                HttpVersion.HTTP_1_1,
                HttpMethod.POST,
                "/",
                Unpooled.wrappedBuffer(body),
                fields,
                EmptyHttpHeaders.INSTANCE);
        CompletableFuture<HttpResponse> future = new CompletableFuture<>();
        try {
            loop.execute(() -> dispatch(new Call(request, future)));
        } catch (RejectedExecutionException shutDown) {
            future.completeExceptionally(new IOException("the client of " + host + " is closed", shutDown));
        }
        return future;
    }

    private void dispatch(Call call) {
        if (closed) {
            call.future.completeExceptionally(new IOException("the client of " + host + " is closed"));
            return;
        }
        Channel channel = idle.pollFirst();
        while (channel != null && !channel.isActive()) {
            channel = idle.pollFirst();
        }
        if (channel != null) {
            send(channel, call);
        } else if (open < connections) {
            open++;
            connect(call);
        } else {
            waiting.add(call);
        }
    }

    private void connect(Call call) {
        ChannelFuture connected = bootstrap.connect();
        connected.addListener(done -> {
            if (!done.isSuccess()) {
                connectionLost();
                call.future.completeExceptionally(new IOException(host + " does not answer", done.cause()));
            } else if (closed) {
                connected.channel().close();
                call.future.completeExceptionally(new IOException("the client of " + host + " is closed"));
            } else {
                connected.channel().closeFuture().addListener(closedChannel -> connectionLost());
                send(connected.channel(), call);
            }
        });
    }

    private static void send(Channel channel, Call call) {
        requireNonNull(channel.pipeline().get(Exchange.class)).call = call;
        channel.writeAndFlush(call.request);
    }

    /** Frees the slot of a connection that closed or could not be opened, for the next waiting call. */
    private void connectionLost() {
        open--;
        Call next = waiting.poll();
        if (next != null) {
            dispatch(next);
        }
    }

    private void release(Channel channel) {
        Call next = waiting.poll();
        if (next != null) {
            send(channel, next);
        } else {
            // Last used first, so that surplus connections stay idle.
            idle.addFirst(channel);
        }
    }

    /** Closes all connections; calls in flight fail. Idempotent. */
    @Override
    public void close() {
        if (group.isShuttingDown()) {
            return;
        }
        loop.execute(() -> {
            closed = true;
            waiting.forEach(
                    call -> call.future.completeExceptionally(new IOException("the client of " + host + " is closed")));
            waiting.clear();
        });
        group.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly(2, TimeUnit.SECONDS);
    }

    /** Handles the exchange in flight on one connection. */
    private final class Exchange extends SimpleChannelInboundHandler<FullHttpResponse> {

        private @Nullable Call call;

        @Override
        protected void channelRead0(ChannelHandlerContext context, FullHttpResponse response) {
            Call finished = call;
            call = null;
            if (finished == null) {
                context.close();
                return;
            }
            if (response.decoderResult().isFailure()) {
                context.close();
                finished.future.completeExceptionally(new IOException(
                        "no HTTP response from " + host,
                        response.decoderResult().cause()));
                return;
            }
            HttpResponse received = toResponse(response);
            if (HttpUtil.isKeepAlive(response)) {
                release(context.channel());
            } else {
                context.close();
            }
            finished.future.complete(received);
        }

        private static HttpResponse toResponse(FullHttpResponse response) {
            Map<String, List<String>> headers = new LinkedHashMap<>();
            for (String name : response.headers().names()) {
                headers.put(name, response.headers().getAll(name));
            }
            return new HttpResponse(
                    response.status().code(),
                    headers,
                    new HttpResponse.Bytes(ByteBufUtil.getBytes(response.content())));
        }

        @Override
        public void channelInactive(ChannelHandlerContext context) {
            idle.remove(context.channel());
            fail(new IOException("the connection to " + host + " closed before the response"));
            context.fireChannelInactive();
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            fail(cause);
            context.close();
        }

        private void fail(Throwable cause) {
            Call failed = call;
            call = null;
            if (failed != null) {
                failed.future.completeExceptionally(cause);
            }
        }
    }
}
