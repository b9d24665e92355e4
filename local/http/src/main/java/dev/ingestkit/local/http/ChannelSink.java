package dev.ingestkit.local.http;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.LastHttpContent;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes a streamed body to a channel and bounds the bytes queued for a slow client. Thread-safe. */
@SuppressWarnings("FutureReturnValueIgnored") // Netty reports failures through the pipeline
final class ChannelSink implements StreamingBody.Sink {

    /** Bound on queued bytes: a producer that keeps writing beyond it is cut off, so memory stays bounded. */
    static final int MAX_QUEUED_BYTES = 16 << 20;

    /** The number of queued bytes up to which a self-pacing producer may write: enough to keep the connection busy. */
    static final int READY_THRESHOLD_BYTES = 256 << 10;

    private static final Logger LOG = LoggerFactory.getLogger(ChannelSink.class);

    private final ChannelHandlerContext context;
    private final Runnable onEnd;
    private final AtomicLong queued = new AtomicLong();
    private final AtomicBoolean ended = new AtomicBoolean();
    private final List<Runnable> onClosed = new ArrayList<>();
    private final Queue<Runnable> onReady = new ConcurrentLinkedQueue<>();
    private boolean closed;

    /**
     * Creates a sink for one response.
     *
     * @param onEnd runs on the channel's event loop when the producer has ended the body
     */
    ChannelSink(ChannelHandlerContext context, Runnable onEnd) {
        this.context = context;
        this.onEnd = onEnd;
    }

    @Override
    public boolean write(byte[] piece) {
        Channel channel = context.channel();
        if (ended.get() || !channel.isActive()) {
            return false;
        }
        if (piece.length == 0) {
            return true;
        }
        if (queued.addAndGet(piece.length) > MAX_QUEUED_BYTES) {
            ended.set(true);
            channel.close();
            return false;
        }
        onLoop(() -> send(piece));
        return true;
    }

    @Override
    public void whenReady(Runnable action) {
        onReady.add(action);
        runReady();
    }

    /**
     * Runs the actions that are due. Called after each change of {@code queued} or {@code onReady}, so that none is
     * missed.
     */
    private void runReady() {
        while (queued.get() <= READY_THRESHOLD_BYTES && !ended.get()) {
            Runnable action = onReady.poll();
            if (action == null) {
                return;
            }
            action.run();
        }
    }

    @Override
    public void end() {
        if (ended.compareAndSet(false, true)) {
            onLoop(() -> {
                context.writeAndFlush(LastHttpContent.EMPTY_LAST_CONTENT);
                closed();
                onEnd.run();
            });
        }
    }

    @Override
    public void onClosed(Runnable action) {
        boolean alreadyClosed;
        synchronized (onClosed) {
            alreadyClosed = closed;
            if (!alreadyClosed) {
                onClosed.add(action);
            }
        }
        if (alreadyClosed) {
            action.run();
        }
    }

    /** Notifies the producer that the channel is closed or the body has ended. */
    void closed() {
        List<Runnable> actions;
        synchronized (onClosed) {
            closed = true;
            actions = List.copyOf(onClosed);
            onClosed.clear();
        }
        ended.set(true);
        onReady.clear();
        for (Runnable action : actions) {
            try {
                action.run();
            } catch (RuntimeException failed) {
                LOG.error("the producer of a streamed body failed on its end", failed);
            }
        }
    }

    private void send(byte[] piece) {
        context.writeAndFlush(new DefaultHttpContent(Unpooled.wrappedBuffer(piece)))
                .addListener(sent -> {
                    queued.addAndGet(-piece.length);
                    runReady();
                    if (!sent.isSuccess()) {
                        context.close();
                    }
                });
    }

    /** Queues a task even on the event loop's own thread, so that pieces of one thread stay in order. */
    private void onLoop(Runnable task) {
        context.executor().execute(task);
    }
}
