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

/** A streamed body on a channel, with a bound on what waits for a slow client. */
@SuppressWarnings("FutureReturnValueIgnored") // Netty tells of failures by the pipeline
final class ChannelSink implements StreamingBody.Sink {

    /** A producer that goes on writing to a client this far behind is cut off: memory stays bounded. */
    static final int MAX_WAITING_BYTES = 16 << 20;

    /** What a client may be behind for a producer that goes at its pace: enough that the line never falls silent. */
    static final int READY_BYTES = 256 << 10;

    private static final Logger LOG = LoggerFactory.getLogger(ChannelSink.class);

    private final ChannelHandlerContext context;
    private final Runnable whenEnded;
    private final AtomicLong waiting = new AtomicLong();
    private final AtomicBoolean ended = new AtomicBoolean();
    private final List<Runnable> onClosed = new ArrayList<>();
    private final Queue<Runnable> onReady = new ConcurrentLinkedQueue<>();
    private boolean closed;

    /**
     * @param whenEnded runs on the channel's thread when the producer has ended the body
     */
    ChannelSink(ChannelHandlerContext context, Runnable whenEnded) {
        this.context = context;
        this.whenEnded = whenEnded;
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
        if (waiting.addAndGet(piece.length) > MAX_WAITING_BYTES) {
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

    /** Called after each change of what it looks at, so that no action is left behind. */
    private void runReady() {
        while (waiting.get() <= READY_BYTES && !ended.get()) {
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
                whenEnded.run();
            });
        }
    }

    @Override
    public void onClosed(Runnable action) {
        boolean late;
        synchronized (onClosed) {
            late = closed;
            if (!late) {
                onClosed.add(action);
            }
        }
        if (late) {
            action.run();
        }
    }

    /** To be called once the channel has ended, or the body. */
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
                LOG.error("a streamed body's end could not be told to its producer", failed);
            }
        }
    }

    private void send(byte[] piece) {
        context.writeAndFlush(new DefaultHttpContent(Unpooled.wrappedBuffer(piece)))
                .addListener(sent -> {
                    waiting.addAndGet(-piece.length);
                    runReady();
                    if (!sent.isSuccess()) {
                        context.close();
                    }
                });
    }

    /** Always by the queue, even on the channel's own thread: pieces of one thread stay in order. */
    private void onLoop(Runnable task) {
        context.executor().execute(task);
    }
}
