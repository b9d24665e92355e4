package dev.ingestkit.local.http;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Watches one HTTP/1.1 connection below the decoder: how long it has been idle, and how long a request has been
 * arriving. A request's time runs from its first byte to its last, so sending byte by byte does not extend it. Confined
 * to the connection's event loop.
 */
@SuppressWarnings("FutureReturnValueIgnored") // Netty reports failures through the pipeline
final class RequestDeadline extends ChannelInboundHandlerAdapter {

    /** The event fired up the pipeline when a request takes too long to arrive. */
    static final Object SLOW_REQUEST = new Object();

    private enum Phase {
        IDLE,
        RECEIVING,
        RESPONDING
    }

    private final long idleNanos;
    private final long requestNanos;
    private Phase phase = Phase.IDLE;
    private long since;
    private @Nullable ScheduledFuture<?> check;

    RequestDeadline(HttpServerConfig config) {
        this.idleNanos = config.timeouts().idle().toNanos();
        this.requestNanos = config.timeouts().request().toNanos();
    }

    /** Suspends the watch: the request is complete, and the response may take any time. */
    void requestComplete() {
        enter(Phase.RESPONDING);
    }

    /**
     * Resumes the watch.
     *
     * @param more whether bytes of the next request have already arrived
     */
    void responseWritten(boolean more) {
        enter(more ? Phase.RECEIVING : Phase.IDLE);
    }

    /** Stops the watch, when another handler takes over. */
    void stop() {
        if (check != null) {
            check.cancel(false);
        }
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        since = System.nanoTime();
        schedule(context, Math.min(idleNanos, requestNanos));
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (phase == Phase.IDLE) {
            enter(Phase.RECEIVING);
        }
        context.fireChannelRead(message);
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        stop();
        context.fireChannelInactive();
    }

    private void enter(Phase next) {
        phase = next;
        since = System.nanoTime();
    }

    private void schedule(ChannelHandlerContext context, long nanos) {
        check = context.executor().schedule(() -> checkDeadline(context), nanos, TimeUnit.NANOSECONDS);
    }

    private void checkDeadline(ChannelHandlerContext context) {
        long past = System.nanoTime() - since;
        if (phase == Phase.RESPONDING) {
            schedule(context, Math.min(idleNanos, requestNanos));
            return;
        }
        long left = (phase == Phase.IDLE ? idleNanos : requestNanos) - past;
        if (left > 0) {
            schedule(context, Math.min(left, Math.min(idleNanos, requestNanos)));
        } else if (phase == Phase.IDLE) {
            context.close();
        } else {
            context.fireUserEventTriggered(SLOW_REQUEST);
        }
    }
}
