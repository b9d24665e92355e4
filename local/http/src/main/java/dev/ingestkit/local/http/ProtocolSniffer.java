package dev.ingestkit.local.http;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.handler.codec.http2.Http2CodecUtil;
import io.netty.handler.ssl.SslContext;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Detects a connection's protocol. HTTP/2 opens with a preface that no HTTP/1.1 request can begin with, and TLS with a
 * byte that neither does. Inside TLS the same preface tells the two apart, whatever the handshake has chosen.
 */
@SuppressWarnings("FutureReturnValueIgnored") // Netty reports failures through the pipeline
final class ProtocolSniffer extends ByteToMessageDecoder {

    private static final Logger LOG = LoggerFactory.getLogger(ProtocolSniffer.class);

    /** The first byte of each TLS connection: the type of a record that carries a handshake. */
    private static final byte TLS_HANDSHAKE = 0x16;

    private final ByteBuf preface = Http2CodecUtil.connectionPrefaceBuf();
    private final ConnectionInitializer connections;
    private final @Nullable TlsCertificate tls;
    private boolean waiting;

    /**
     * Creates a sniffer.
     *
     * @param tls the certificate for a connection that begins with TLS; null to close such connections
     */
    ProtocolSniffer(ConnectionInitializer connections, @Nullable TlsCertificate tls) {
        this.connections = connections;
        this.tls = tls;
    }

    @Override
    protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) {
        if (waiting) {
            return;
        }
        if (in.getByte(in.readerIndex()) == TLS_HANDSHAKE && tls != null) {
            waiting = true;
            context.channel().config().setAutoRead(false);
            tls.context()
                    .whenComplete((made, failed) -> context.executor().execute(() -> startTls(context, made, failed)));
            return;
        }
        int known = Math.min(in.readableBytes(), preface.readableBytes());
        for (int i = 0; i < known; i++) {
            if (in.getByte(in.readerIndex() + i) != preface.getByte(i)) {
                connections.useHttp1(context);
                return;
            }
        }
        if (known == preface.readableBytes()) {
            connections.useHttp2(context);
        }
    }

    private void startTls(ChannelHandlerContext context, @Nullable SslContext made, @Nullable Throwable failed) {
        if (made == null) {
            LOG.warn("closed a TLS connection, since the certificate could not be made", failed);
            context.close();
        } else if (!context.isRemoved()) {
            connections.useTls(context, made);
            context.channel().config().setAutoRead(true);
        }
    }

    /** A client that does not trust the certificate ends the handshake. */
    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        LOG.debug("a connection is closed before its first request", cause);
        context.close();
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) throws Exception {
        if (event == RequestDeadline.SLOW_REQUEST || event == ChannelInputShutdownEvent.INSTANCE) {
            // Too few bytes arrived to detect the protocol, and no more will.
            context.close();
            return;
        }
        super.userEventTriggered(context, event);
    }
}
