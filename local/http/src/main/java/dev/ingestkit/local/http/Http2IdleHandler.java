package dev.ingestkit.local.http;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.codec.http2.Http2Connection;
import io.netty.handler.codec.http2.Http2ConnectionAdapter;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2Stream;
import io.netty.util.concurrent.ScheduledFuture;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Closes an HTTP/2 connection that has had no stream for the idle timeout. Pings and half-sent headers do not count: a
 * peer that only keeps a connection open holds memory for nothing. A connection whose client has closed its side is
 * closed once the responses in flight are written. Confined to the connection's event loop.
 */
@SuppressWarnings("FutureReturnValueIgnored") // Netty reports failures through the pipeline
final class Http2IdleHandler extends ChannelInboundHandlerAdapter {

    private static final Logger LOG = LoggerFactory.getLogger(Http2IdleHandler.class);

    private final long idleNanos;
    private final Http2Connection connection;
    private int lastStream = -1;
    private boolean inputClosed;
    private @Nullable ScheduledFuture<?> idleCheck;

    Http2IdleHandler(Duration idle, Http2Connection connection) {
        this.idleNanos = idle.toNanos();
        this.connection = connection;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        schedule(context);
        connection.addListener(new Http2ConnectionAdapter() {
            @Override
            public void onStreamClosed(Http2Stream stream) {
                if (inputClosed) {
                    context.executor().execute(() -> closeIfDone(context));
                }
            }
        });
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event == ChannelInputShutdownEvent.INSTANCE) {
            inputClosed = true;
            closeIfDone(context);
        }
        context.fireUserEventTriggered(event);
    }

    /**
     * Closes the connection unless a complete request still waits for its response; an incomplete request will never be
     * completed.
     */
    private void closeIfDone(ChannelHandlerContext context) {
        try {
            Http2Stream awaited =
                    connection.forEachActiveStream(stream -> stream.state() != Http2Stream.State.HALF_CLOSED_REMOTE);
            if (awaited == null) {
                context.close();
            }
        } catch (Http2Exception failed) {
            exceptionCaught(context, failed);
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        if (idleCheck != null) {
            idleCheck.cancel(false);
        }
        context.fireChannelInactive();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        LOG.debug("an HTTP/2 connection failed", cause);
        context.close();
    }

    private void schedule(ChannelHandlerContext context) {
        idleCheck = context.executor().schedule(() -> closeIfIdle(context), idleNanos, TimeUnit.NANOSECONDS);
    }

    private void closeIfIdle(ChannelHandlerContext context) {
        int newest = connection.remote().lastStreamCreated();
        if (connection.numActiveStreams() == 0 && newest == lastStream) {
            context.close();
            return;
        }
        lastStream = newest;
        schedule(context);
    }
}
