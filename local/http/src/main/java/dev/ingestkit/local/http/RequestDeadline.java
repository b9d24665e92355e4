package dev.ingestkit.local.http;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Watches one HTTP/1.1 connection from below the decoder: how long it has been silent, and how long a request has been
 * arriving. A request's time counts from its first byte to its last, so sending byte by byte does not extend it.
 */
@SuppressWarnings("FutureReturnValueIgnored") // Netty tells of failures by the pipeline
final class RequestDeadline extends ChannelInboundHandlerAdapter {

    /** Fired up the pipeline when a request takes too long to arrive. */
    static final Object SLOW_REQUEST = new Object();

    private enum Phase {
        SILENT,
        ARRIVING,
        ANSWERING
    }

    private final long idleNanos;
    private final long requestNanos;
    private Phase phase = Phase.SILENT;
    private long since;
    private @Nullable ScheduledFuture<?> check;

    RequestDeadline(HttpServerConfig config) {
        this.idleNanos = config.idleTimeout().toNanos();
        this.requestNanos = config.requestTimeout().toNanos();
    }

    /** The request is complete; the answer may take as long as it takes. */
    void answering() {
        enter(Phase.ANSWERING);
    }

    /** The answer is written; more bytes of the next request may be there already. */
    void answered(boolean more) {
        enter(more ? Phase.ARRIVING : Phase.SILENT);
    }

    /** Ends the watch, when another one takes over. */
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
        if (phase == Phase.SILENT) {
            enter(Phase.ARRIVING);
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
        check = context.executor().schedule(() -> look(context), nanos, TimeUnit.NANOSECONDS);
    }

    private void look(ChannelHandlerContext context) {
        long past = System.nanoTime() - since;
        if (phase == Phase.ANSWERING) {
            schedule(context, Math.min(idleNanos, requestNanos));
            return;
        }
        long left = (phase == Phase.SILENT ? idleNanos : requestNanos) - past;
        if (left > 0) {
            schedule(context, Math.min(left, Math.min(idleNanos, requestNanos)));
        } else if (phase == Phase.SILENT) {
            context.close();
        } else {
            context.fireUserEventTriggered(SLOW_REQUEST);
        }
    }
}
