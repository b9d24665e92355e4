package dev.ingestkit.local.http;

import static java.util.Objects.requireNonNull;

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
 * Processes the requests of one HTTP/1.1 connection in turn, or the one request of an HTTP/2 stream, and writes the
 * responses in request order. While a response is pending, at most one more read is taken from the client. Confined to
 * the channel's event loop.
 */
@SuppressWarnings("FutureReturnValueIgnored") // Netty reports failures through the pipeline
final class ExchangeHandler extends ChannelInboundHandlerAdapter {

    private static final Logger LOG = LoggerFactory.getLogger(ExchangeHandler.class);
    private static final long LINGER_SECONDS = 2;

    private enum Phase {
        HEAD,
        BODY,
        RESPONDING,
        /** The last response has been written; further input is discarded. */
        CLOSING
    }

    private final ServerContext server;
    private final @Nullable RequestDeadline deadline;
    private final ResponseWriter writer;
    private final Queue<HttpObject> waiting = new ArrayDeque<>();

    private Phase phase = Phase.HEAD;
    private boolean processing;
    private boolean inputClosed;
    private int reserved;
    private boolean counted;
    private boolean unread;
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
        processWaiting(context);
    }

    /** Processes queued parts as far as the current exchange and the client's reading allow. */
    private void processWaiting(ChannelHandlerContext context) {
        if (processing) {
            return;
        }
        processing = true;
        try {
            while (phase != Phase.RESPONDING
                    && (phase != Phase.HEAD || context.channel().isWritable())) {
                HttpObject part = waiting.poll();
                if (part == null) {
                    break;
                }
                handlePart(context, part);
            }
        } finally {
            processing = false;
        }
        context.flush();
        boolean read = waiting.isEmpty();
        if (context.channel().config().isAutoRead() != read) {
            context.channel().config().setAutoRead(read);
        }
    }

    private void handlePart(ChannelHandlerContext context, HttpObject part) {
        try {
            if (phase == Phase.HEAD && part instanceof io.netty.handler.codec.http.HttpRequest wire) {
                startRequest(context, wire);
            }
            if (phase == Phase.BODY && part instanceof HttpContent content) {
                addContent(context, content);
            }
        } catch (RequestHead.RejectedException rejected) {
            reject(context, rejected.response());
        } finally {
            ReferenceCountUtil.release(part);
        }
    }

    private void startRequest(ChannelHandlerContext context, io.netty.handler.codec.http.HttpRequest wire)
            throws RequestHead.RejectedException {
        boolean http10 = wire.protocolVersion().equals(HttpVersion.HTTP_1_0);
        framing = new ResponseWriter.Framing(
                wire.method().equals(HttpMethod.HEAD), http10, HttpUtil.isKeepAlive(wire) && !server.isClosing());
        head = RequestHead.of(wire, server.hosts);
        unread = false;
        int limit = server.config.limits().maxBodyBytes();
        long length = RequestLength.of(wire);
        if (length > HttpHandler.LARGE_BODY_BYTES && !readsLargeBody(context)) {
            dispatchUnread(context, new byte[0]);
            return;
        }
        RequestLength.requireAtMost(limit, length);
        body = new BodyCollector(limit, length);
        phase = Phase.BODY;
        if (deadline == null) {
            streamDeadline = context.executor()
                    .schedule(
                            () -> onSlowRequest(context),
                            server.config.timeouts().request().toNanos(),
                            TimeUnit.NANOSECONDS);
        }
        List<String> expect = wire.headers().getAll(HttpHeaderNames.EXPECT);
        if (!expect.isEmpty() && !http10) {
            respondToExpectation(context, expect);
        }
    }

    private static void respondToExpectation(ChannelHandlerContext context, List<String> expect)
            throws RequestHead.RejectedException {
        if (expect.size() != 1 || !expect.get(0).equalsIgnoreCase("100-continue")) {
            throw new RequestHead.RejectedException(417, "the only expectation supported is 100-continue");
        }
        context.writeAndFlush(new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.CONTINUE));
    }

    private void addContent(ChannelHandlerContext context, HttpContent content) throws RequestHead.RejectedException {
        RequestHead.requireDecoded(content.decoderResult());
        BodyCollector collector = requireNonNull(body);
        int bytes = content.content().readableBytes();
        if (!collector.admits(bytes)) {
            throw RequestLength.tooLong(server.config.limits().maxBodyBytes());
        }
        int growth = collector.growthFor(bytes);
        if (!server.reserve(growth)) {
            throw new RequestHead.RejectedException(503, "the server holds too many request bodies at once; try again");
        }
        reserved += growth;
        collector.add(content.content());
        int length = collector.length();
        if (content instanceof LastHttpContent) {
            dispatch(context, collector.finish());
        } else if (length > HttpHandler.LARGE_BODY_BYTES
                && length - bytes <= HttpHandler.LARGE_BODY_BYTES
                && !readsLargeBody(context)) {
            dispatchUnread(context, collector.finish());
        }
    }

    private boolean readsLargeBody(ChannelHandlerContext context) {
        return server.handler.readsLargeBody(requireNonNull(head).with(new byte[0], context.channel()));
    }

    private void dispatchUnread(ChannelHandlerContext context, byte[] beginning) {
        unread = true;
        framing = framing.closing();
        dispatch(context, beginning);
    }

    private void dispatch(ChannelHandlerContext context, byte[] content) {
        phase = Phase.RESPONDING;
        body = null;
        if (deadline != null) {
            deadline.requestComplete();
        }
        cancelStreamDeadline();
        HttpRequest request = requireNonNull(head).with(content, context.channel());
        server.inFlight.started();
        counted = true;
        CompletionStage<HttpResponse> stage;
        try {
            stage = requireNonNull(server.handler.handle(request), "the handler returned null");
        } catch (RuntimeException failed) {
            respondWithFailure(context, failed);
            return;
        }
        stage.whenComplete((response, failure) -> {
            if (context.executor().inEventLoop()) {
                respond(context, response, failure);
            } else {
                context.executor().execute(() -> respond(context, response, failure));
            }
        });
    }

    private void respond(ChannelHandlerContext context, @Nullable HttpResponse response, @Nullable Throwable failure) {
        if (!context.channel().isActive()) {
            return;
        }
        if (failure != null || response == null) {
            respondWithFailure(
                    context,
                    failure == null ? new IllegalStateException("the handler's stage completed with null") : failure);
            return;
        }
        try {
            send(context, response);
        } catch (IllegalArgumentException unwritable) {
            respondWithFailure(context, unwritable);
        }
    }

    private void send(ChannelHandlerContext context, HttpResponse response) {
        response.body()
                .match(
                        content -> exchangeFinished(context, writer.write(context, response, content, framing)),
                        producer -> sendStream(context, response, producer));
    }

    private void sendStream(ChannelHandlerContext context, HttpResponse response, StreamingBody producer) {
        if (framing.head() || ResponseWriter.bodiless(response.status())) {
            exchangeFinished(context, writer.write(context, response, new byte[0], framing));
            return;
        }
        if (framing.http10()) {
            framing = framing.closing();
        }
        writer.writeHead(context, response, framing);
        context.flush();
        ChannelSink started = new ChannelSink(context, () -> exchangeFinished(context, context.newSucceededFuture()));
        sink = started;
        producer.start(started);
    }

    private void respondWithFailure(ChannelHandlerContext context, Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        if (cause instanceof DroppedConnectionException) {
            context.close();
            return;
        }
        RequestHead request = requireNonNull(head);
        LOG.error("{} {} failed", request.method(), request.rawPath(), cause);
        if (sink != null) {
            context.close();
            return;
        }
        HttpResponse response = HttpResponse.text(500, "The server failed on this request; see its log.\n");
        send(context, response);
    }

    /** Finishes an exchange whose response is fully written: continues with the next request, or closes. */
    private void exchangeFinished(ChannelHandlerContext context, ChannelFuture written) {
        releaseExchange();
        phase = Phase.CLOSING;
        if (unread) {
            closeUnread(context, written);
        } else if (deadline == null) {
            written.addListener(ChannelFutureListener.CLOSE_ON_FAILURE);
        } else if (framing.keepAlive() && !(inputClosed && waiting.isEmpty())) {
            phase = Phase.HEAD;
            deadline.responseWritten(!waiting.isEmpty());
        } else {
            written.addListener(ChannelFutureListener.CLOSE);
        }
        processWaiting(context);
    }

    /** Responds to a request that cannot be accepted, then closes the connection without cutting off the response. */
    private void reject(ChannelHandlerContext context, HttpResponse response) {
        if (phase == Phase.CLOSING) {
            return;
        }
        phase = Phase.CLOSING;
        releaseExchange();
        framing = framing.closing();
        byte[] content = ((HttpResponse.Bytes) response.body()).content();
        ChannelFuture written = writer.write(context, response, content, framing);
        closeUnread(context, written);
    }

    /** Closes a connection, or resets a stream, whose client may still be sending a body that nobody reads. */
    private void closeUnread(ChannelHandlerContext context, ChannelFuture written) {
        context.flush();
        if (deadline != null && context.channel() instanceof DuplexChannel duplex) {
            deadline.requestComplete();
            written.addListener(done -> duplex.shutdownOutput());
        }
        // Closing at once would reset the connection or stream of a client that is still sending, and it would never
        // read the reason.
        context.executor().schedule(() -> context.close(), LINGER_SECONDS, TimeUnit.SECONDS);
    }

    private void onSlowRequest(ChannelHandlerContext context) {
        if (phase == Phase.HEAD || phase == Phase.BODY) {
            reject(context, HttpResponse.text(408, "the request did not arrive in time\n"));
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event == RequestDeadline.SLOW_REQUEST) {
            onSlowRequest(context);
        } else if (event == ChannelInputShutdownEvent.INSTANCE) {
            inputClosed = true;
            // A client that has sent its whole request may still read; one in the middle of a request or a stream is
            // gone.
            if (phase != Phase.RESPONDING || sink != null) {
                context.close();
            }
        } else {
            context.fireUserEventTriggered(event);
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        if (context.channel().isWritable()) {
            processWaiting(context);
        }
        context.fireChannelWritabilityChanged();
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        phase = Phase.CLOSING;
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
            server.inFlight.finished();
        }
    }

    private void cancelStreamDeadline() {
        if (streamDeadline != null) {
            streamDeadline.cancel(false);
            streamDeadline = null;
        }
    }
}
