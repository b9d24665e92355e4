package dev.ingestkit.local.http;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.handler.codec.http2.Http2CodecUtil;
import java.util.List;

/** Detects a connection's protocol: HTTP/2 opens with a preface that no HTTP/1.1 request can begin with. */
@SuppressWarnings("FutureReturnValueIgnored") // Netty reports failures through the pipeline
final class ProtocolSniffer extends ByteToMessageDecoder {

    private final ByteBuf preface = Http2CodecUtil.connectionPrefaceBuf();
    private final ConnectionInitializer connections;

    ProtocolSniffer(ConnectionInitializer connections) {
        this.connections = connections;
    }

    @Override
    protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) {
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
