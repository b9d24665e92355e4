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
 * Calls a server of this process that listens on loopback, over a bounded number of kept HTTP/1.1 connections: one
 * request on each at a time, and what comes beyond waits in order. Nothing is sent twice. Thread-safe.
 */
@SuppressWarnings("FutureReturnValueIgnored") // Netty tells of failures by the pipeline
public final class LoopbackClient implements AutoCloseable {

    private static final int MAX_ANSWER_BYTES = 64 << 20;
    private static final int CONNECT_MILLIS = 10_000;

    private final EventLoopGroup group;
    private final EventLoop loop;
    private final Bootstrap bootstrap;
    private final int connections;
    private final String host;

    // Touched by the loop's thread alone.
    private final Deque<Channel> idle = new ArrayDeque<>();
    private final Queue<Call> waiting = new ArrayDeque<>();
    private int open;
    private boolean closed;

    private record Call(FullHttpRequest request, CompletableFuture<HttpResponse> answer) {}

    /**
     * @param connections how many requests may be under way at once, at least 1
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
                                        new HttpObjectAggregator(MAX_ANSWER_BYTES),
                                        new Exchange());
                    }
                });
    }

    /**
     * Posts a body to the server's root.
     *
     * @return the answer with its headers by their names as they came; fails with {@link IOException} when the
     *     connection does, and then nobody knows whether the server has done the work
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
        CompletableFuture<HttpResponse> answer = new CompletableFuture<>();
        try {
            loop.execute(() -> begin(new Call(request, answer)));
        } catch (RejectedExecutionException ended) {
            answer.completeExceptionally(new IOException("the client of " + host + " is closed", ended));
        }
        return answer;
    }

    private void begin(Call call) {
        if (closed) {
            call.answer.completeExceptionally(new IOException("the client of " + host + " is closed"));
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
                lost();
                call.answer.completeExceptionally(new IOException(host + " does not answer", done.cause()));
            } else if (closed) {
                connected.channel().close();
                call.answer.completeExceptionally(new IOException("the client of " + host + " is closed"));
            } else {
                connected.channel().closeFuture().addListener(ended -> lost());
                send(connected.channel(), call);
            }
        });
    }

    private static void send(Channel channel, Call call) {
        requireNonNull(channel.pipeline().get(Exchange.class)).call = call;
        channel.writeAndFlush(call.request);
    }

    /** A connection has ended or did not come about: the next call in line may have its place. */
    private void lost() {
        open--;
        Call next = waiting.poll();
        if (next != null) {
            begin(next);
        }
    }

    private void free(Channel channel) {
        Call next = waiting.poll();
        if (next != null) {
            send(channel, next);
        } else {
            // The one used last comes first: those that are not needed stay cold.
            idle.addFirst(channel);
        }
    }

    /** Ends all connections; calls under way fail. Idempotent. */
    @Override
    public void close() {
        if (group.isShuttingDown()) {
            return;
        }
        loop.execute(() -> {
            closed = true;
            waiting.forEach(
                    call -> call.answer.completeExceptionally(new IOException("the client of " + host + " is closed")));
            waiting.clear();
        });
        group.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly(2, TimeUnit.SECONDS);
    }

    /** The exchange under way on one connection. */
    private final class Exchange extends SimpleChannelInboundHandler<FullHttpResponse> {

        private @Nullable Call call;

        @Override
        protected void channelRead0(ChannelHandlerContext context, FullHttpResponse response) {
            Call ended = call;
            call = null;
            if (ended == null) {
                context.close();
                return;
            }
            if (response.decoderResult().isFailure()) {
                context.close();
                ended.answer.completeExceptionally(new IOException(
                        "no HTTP answer from " + host, response.decoderResult().cause()));
                return;
            }
            HttpResponse answer = answer(response);
            if (HttpUtil.isKeepAlive(response)) {
                free(context.channel());
            } else {
                context.close();
            }
            ended.answer.complete(answer);
        }

        private static HttpResponse answer(FullHttpResponse response) {
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
            fail(new IOException("the connection to " + host + " ended before the answer"));
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
                failed.answer.completeExceptionally(cause);
            }
        }
    }
}
