package dev.ingestkit.local.attach;

import static java.util.Objects.requireNonNull;

import dev.ingestkit.local.http.StreamingBody;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Streams another endpoint's long answer piece by piece. Its connection closes with this one. Used once; thread-safe.
 */
final class PassedOnBody implements StreamingBody, Flow.Subscriber<List<ByteBuffer>> {

    private static final Logger LOG = LoggerFactory.getLogger(PassedOnBody.class);

    private final Flow.Publisher<List<ByteBuffer>> pieces;
    private volatile @Nullable Sink sink;
    private volatile Flow.@Nullable Subscription subscription;
    private volatile boolean gone;

    PassedOnBody(Flow.Publisher<List<ByteBuffer>> pieces) {
        this.pieces = requireNonNull(pieces, "pieces");
    }

    @Override
    public void start(Sink target) {
        sink = target;
        target.onClosed(this::cancel);
        pieces.subscribe(this);
    }

    private void cancel() {
        gone = true;
        Flow.Subscription open = subscription;
        if (open != null) {
            open.cancel();
        }
    }

    @Override
    public void onSubscribe(Flow.Subscription opened) {
        subscription = opened;
        if (gone) {
            opened.cancel();
        } else {
            opened.request(1);
        }
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
        for (ByteBuffer buffer : buffers) {
            byte[] piece = new byte[buffer.remaining()];
            buffer.get(piece);
            if (!requireNonNull(sink).write(piece)) {
                cancel();
                return;
            }
        }
        requireNonNull(subscription).request(1);
    }

    /** Ends the stream early, as the client would see it there, so that it subscribes again. */
    @Override
    public void onError(Throwable failure) {
        LOG.warn("a forwarded stream ended early: {}", failure.getMessage());
        requireNonNull(sink).end();
    }

    @Override
    public void onComplete() {
        requireNonNull(sink).end();
    }
}
