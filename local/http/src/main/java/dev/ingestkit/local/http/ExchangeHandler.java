package dev.ingestkit.local.http;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.ScheduledFuture;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes the requests of one HTTP/1.1 connection one after the other, or the one request of an HTTP/2 stream, and writes
 * the answers in the same order. While an answer is under way, nothing more than one read is taken from the client.
 */
@SuppressWarnings("FutureReturnValueIgnored") // Netty tells of failures by the pipeline
final class ExchangeHandler extends ChannelInboundHandlerAdapter {

    private static final Logger LOG = LoggerFactory.getLogger(ExchangeHandler.class);
    private static final long LINGER_SECONDS = 2;

    private enum Phase {
        HEAD,
        BODY,
        ANSWERING,
        /** The last answer is written; what still comes is thrown away. */
        ENDING
    }

    private final ServerContext server;
    private final @Nullable RequestDeadline deadline;
    private final ResponseWriter writer;
    private final Queue<HttpObject> waiting = new ArrayDeque<>();

    private Phase phase = Phase.HEAD;
    private boolean working;
    private boolean inputEnded;
    private int reserved;
    private boolean counted;
    private ResponseWriter.Framing framing = new ResponseWriter.Framing(false, false, true);
    private @Nullable RequestHead head;
    private @Nullable BodyCollector body;
    private @Nullable ChannelSink sink;
    private @Nullable ScheduledFuture<?> streamDeadline;

    private ExchangeHandler(ServerContext server, @Nullable RequestDeadline deadline) {
        this.server = server;
        this.deadline = deadline;
        this.writer = new ResponseWriter(server, deadline == null);
    }

    static ExchangeHandler http1(ServerContext server, RequestDeadline deadline) {
        return new ExchangeHandler(server, deadline);
    }

    static ExchangeHandler http2(ServerContext server) {
        return new ExchangeHandler(server, null);
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (!(message instanceof HttpObject part)) {
            ReferenceCountUtil.release(message);
            return;
        }
        waiting.add(part);
        work(context);
    }

    /** Takes what waits, as far as the exchange under way and the client's reading allow. */
    private void work(ChannelHandlerContext context) {
        if (working) {
            return;
        }
        working = true;
        try {
            while (phase != Phase.ANSWERING
                    && (phase != Phase.HEAD || context.channel().isWritable())) {
                HttpObject part = waiting.poll();
                if (part == null) {
                    break;
                }
                take(context, part);
            }
        } finally {
            working = false;
        }
        context.flush();
        boolean read = waiting.isEmpty();
        if (context.channel().config().isAutoRead() != read) {
            context.channel().config().setAutoRead(read);
        }
    }

    private void take(ChannelHandlerContext context, HttpObject part) {
        try {
            if (phase == Phase.HEAD && part instanceof io.netty.handler.codec.http.HttpRequest wire) {
                startRequest(context, wire);
            }
            if (phase == Phase.BODY && part instanceof HttpContent content) {
                addContent(context, content);
            }
        } catch (RequestHead.Refused refused) {
            refuse(context, refused.answer());
        } finally {
            ReferenceCountUtil.release(part);
        }
    }

    private void startRequest(ChannelHandlerContext context, io.netty.handler.codec.http.HttpRequest wire)
            throws RequestHead.Refused {
        boolean http10 = wire.protocolVersion().equals(HttpVersion.HTTP_1_0);
        framing = new ResponseWriter.Framing(
                wire.method().equals(HttpMethod.HEAD), http10, HttpUtil.isKeepAlive(wire) && !server.isClosing());
        head = RequestHead.of(wire, server.hosts);
        long length = RequestLength.of(wire, server.config.maxBodyBytes());
        body = new BodyCollector(server.config.maxBodyBytes(), length);
        phase = Phase.BODY;
        if (deadline == null) {
            streamDeadline = context.executor()
                    .schedule(
                            () -> requestTooSlow(context),
                            server.config.requestTimeout().toNanos(),
                            TimeUnit.NANOSECONDS);
        }
        List<String> expect = wire.headers().getAll(HttpHeaderNames.EXPECT);
        if (!expect.isEmpty() && !http10) {
            answerExpectation(context, expect);
        }
    }

    private static void answerExpectation(ChannelHandlerContext context, List<String> expect)
            throws RequestHead.Refused {
        if (expect.size() != 1 || !expect.get(0).equalsIgnoreCase("100-continue")) {
            throw new RequestHead.Refused(417, "this server meets no expectation but 100-continue");
        }
        context.writeAndFlush(new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.CONTINUE));
    }

    private void addContent(ChannelHandlerContext context, HttpContent content) throws RequestHead.Refused {
        RequestHead.requireDecoded(content.decoderResult());
        BodyCollector collector = java.util.Objects.requireNonNull(body);
        int bytes = content.content().readableBytes();
        if (!collector.add(content.content())) {
            throw RequestLength.tooLong(server.config.maxBodyBytes());
        }
        if (!server.reserve(bytes)) {
            throw new RequestHead.Refused(503, "the server holds too many request bodies at once: try again");
        }
        reserved += bytes;
        if (content instanceof LastHttpContent) {
            dispatch(context, collector.finish());
        }
    }

    private void dispatch(ChannelHandlerContext context, byte[] content) {
        phase = Phase.ANSWERING;
        body = null;
        if (deadline != null) {
            deadline.answering();
        }
        cancelStreamDeadline();
        HttpRequest request = java.util.Objects.requireNonNull(head).with(content, addressOf(context.channel()));
        server.inFlight.started();
        counted = true;
        CompletionStage<HttpResponse> stage;
        try {
            stage = java.util.Objects.requireNonNull(server.handler.handle(request), "the handler gave no answer");
        } catch (RuntimeException failed) {
            answerFailure(context, failed);
            return;
        }
        stage.whenComplete((response, failure) -> {
            if (context.executor().inEventLoop()) {
                answer(context, response, failure);
            } else {
                context.executor().execute(() -> answer(context, response, failure));
            }
        });
    }

    private void answer(ChannelHandlerContext context, @Nullable HttpResponse response, @Nullable Throwable failure) {
        if (!context.channel().isActive()) {
            return;
        }
        if (failure != null || response == null) {
            answerFailure(context, failure == null ? new IllegalStateException("the answer is null") : failure);
            return;
        }
        try {
            send(context, response);
        } catch (IllegalArgumentException unwritable) {
            answerFailure(context, unwritable);
        }
    }

    private void send(ChannelHandlerContext context, HttpResponse response) {
        boolean hasBody = !framing.head() && !ResponseWriter.bodiless(response.status());
        if (response.body() instanceof HttpResponse.Streamed streamed && hasBody) {
            if (framing.http10()) {
                framing = framing.closing();
            }
            writer.writeHead(context, response, framing);
            context.flush();
            ChannelSink started = new ChannelSink(context, () -> exchangeEnded(context, context.newSucceededFuture()));
            sink = started;
            streamed.writer().start(started);
            return;
        }
        byte[] content = response.body() instanceof HttpResponse.Bytes bytes ? bytes.content() : new byte[0];
        exchangeEnded(context, writer.write(context, response, content, framing));
    }

    private void answerFailure(ChannelHandlerContext context, Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        if (cause instanceof DroppedConnectionException) {
            context.close();
            return;
        }
        RequestHead request = java.util.Objects.requireNonNull(head);
        LOG.error("{} {} failed", request.method(), request.rawPath(), cause);
        if (sink != null) {
            context.close();
            return;
        }
        HttpResponse response = HttpResponse.text(500, "The server failed on this request; its log says why.\n");
        send(context, response);
    }

    /** The answer is written as far as this side goes: next request, or the end. */
    private void exchangeEnded(ChannelHandlerContext context, ChannelFuture written) {
        releaseExchange();
        if (deadline == null) {
            phase = Phase.ENDING;
            written.addListener(ChannelFutureListener.CLOSE_ON_FAILURE);
        } else if (framing.keepAlive() && !(inputEnded && waiting.isEmpty())) {
            phase = Phase.HEAD;
            deadline.answered(!waiting.isEmpty());
        } else {
            phase = Phase.ENDING;
            written.addListener(ChannelFutureListener.CLOSE);
        }
        work(context);
    }

    /** Answers a request that cannot be taken, and ends the connection without cutting off the answer. */
    private void refuse(ChannelHandlerContext context, HttpResponse response) {
        if (phase == Phase.ENDING) {
            return;
        }
        phase = Phase.ENDING;
        releaseExchange();
        framing = framing.closing();
        byte[] content = ((HttpResponse.Bytes) response.body()).content();
        ChannelFuture written = writer.write(context, response, content, framing);
        context.flush();
        if (deadline == null || !(context.channel() instanceof DuplexChannel duplex)) {
            written.addListener(ChannelFutureListener.CLOSE);
            return;
        }
        // Closing at once would reset the connection under a client that still sends, and it would never read why.
        deadline.answering();
        written.addListener(done -> duplex.shutdownOutput());
        context.executor().schedule(() -> context.close(), LINGER_SECONDS, TimeUnit.SECONDS);
    }

    private void requestTooSlow(ChannelHandlerContext context) {
        if (phase == Phase.HEAD || phase == Phase.BODY) {
            refuse(context, HttpResponse.text(408, "the request did not arrive in time\n"));
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event == RequestDeadline.SLOW_REQUEST) {
            requestTooSlow(context);
        } else if (event == ChannelInputShutdownEvent.INSTANCE) {
            inputEnded = true;
            // A client that has sent all may still read; one in the middle of a request, or of a stream, is gone.
            if (phase != Phase.ANSWERING || sink != null) {
                context.close();
            }
        } else {
            context.fireUserEventTriggered(event);
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        if (context.channel().isWritable()) {
            work(context);
        }
        context.fireChannelWritabilityChanged();
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        phase = Phase.ENDING;
        cancelStreamDeadline();
        releaseExchange();
        waiting.forEach(ReferenceCountUtil::release);
        waiting.clear();
        context.fireChannelInactive();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        LOG.debug("a connection failed", cause);
        context.close();
    }

    private void releaseExchange() {
        server.release(reserved);
        reserved = 0;
        body = null;
        cancelStreamDeadline();
        if (sink != null) {
            sink.closed();
            sink = null;
        }
        if (counted) {
            counted = false;
            server.inFlight.ended();
        }
    }

    private void cancelStreamDeadline() {
        if (streamDeadline != null) {
            streamDeadline.cancel(false);
            streamDeadline = null;
        }
    }

    private static String addressOf(Channel channel) {
        SocketAddress address = channel.remoteAddress();
        return address instanceof InetSocketAddress inet && inet.getAddress() != null
                ? inet.getAddress().getHostAddress()
                : "unknown";
    }
}
