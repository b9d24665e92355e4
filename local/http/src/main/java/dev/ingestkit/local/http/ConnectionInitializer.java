package dev.ingestkit.local.http;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.codec.http.HttpResponseEncoder;
import io.netty.handler.codec.http2.Http2FrameCodec;
import io.netty.handler.codec.http2.Http2FrameCodecBuilder;
import io.netty.handler.codec.http2.Http2MultiplexHandler;
import io.netty.handler.codec.http2.Http2Settings;
import io.netty.handler.codec.http2.Http2StreamFrameToHttpObjectCodec;
import io.netty.handler.ssl.SslContext;

/** Installs a connection's handlers once its protocol is known. */
@SuppressWarnings("FutureReturnValueIgnored") // Netty reports failures through the pipeline
final class ConnectionInitializer extends ChannelInitializer<SocketChannel> {

    /**
     * Above the 50 that SDK clients open by default. Together with the bound on all bodies it limits what one peer can
     * hold.
     */
    private static final int MAX_STREAMS = 256;

    private static final int MAX_PIECE_BYTES = 64 << 10;
    private static final int STREAM_WINDOW_BYTES = 1 << 20;
    private static final int MAX_RESETS = 400;
    private static final int RESET_WINDOW_SECONDS = 30;

    private final ServerContext server;
    private final ChannelGroup connections;

    ConnectionInitializer(ServerContext server, ChannelGroup connections) {
        this.server = server;
        this.connections = connections;
    }

    @Override
    protected void initChannel(SocketChannel channel) {
        connections.add(channel);
        channel.pipeline().addLast(new RequestDeadline(server.config), new ProtocolSniffer(this, server.config.tls()));
    }

    /** Replaces the sniffer with TLS and a sniffer of the decrypted bytes. The bytes read so far go to TLS. */
    void useTls(ChannelHandlerContext sniffer, SslContext tls) {
        ChannelPipeline pipeline = sniffer.pipeline();
        pipeline.addLast(tls.newHandler(sniffer.alloc()), new ProtocolSniffer(this, null));
        pipeline.remove(sniffer.handler());
    }

    /** Replaces the sniffer with the HTTP/1.1 codec. The bytes that the sniffer has read go to the decoder. */
    void useHttp1(ChannelHandlerContext sniffer) {
        ChannelPipeline pipeline = sniffer.pipeline();
        RequestDeadline deadline = pipeline.get(RequestDeadline.class);
        HttpDecoderConfig config = new HttpDecoderConfig()
                .setMaxInitialLineLength(server.config.limits().maxHeaderBytes())
                .setMaxHeaderSize(server.config.limits().maxHeaderBytes())
                .setMaxChunkSize(MAX_PIECE_BYTES);
        pipeline.addLast(new StrictRequestDecoder(config), new HttpResponseEncoder());
        pipeline.addLast(ExchangeHandler.http1(server, deadline));
        pipeline.remove(sniffer.handler());
    }

    /** Replaces the sniffer with HTTP/2 and one child channel per stream. */
    void useHttp2(ChannelHandlerContext sniffer) {
        ChannelPipeline pipeline = sniffer.pipeline();
        RequestDeadline deadline = pipeline.get(RequestDeadline.class);
        deadline.stop();
        Http2FrameCodec codec = Http2FrameCodecBuilder.forServer()
                .initialSettings(Http2Settings.defaultSettings()
                        .maxConcurrentStreams(MAX_STREAMS)
                        .initialWindowSize(STREAM_WINDOW_BYTES)
                        .maxHeaderListSize(server.config.limits().maxHeaderBytes()))
                .decoderEnforceMaxRstFramesPerWindow(MAX_RESETS, RESET_WINDOW_SECONDS)
                .gracefulShutdownTimeoutMillis(server.config.timeouts().close().toMillis())
                .build();
        pipeline.addLast(codec, new Http2MultiplexHandler(new StreamInitializer(server)));
        pipeline.addLast(new Http2IdleHandler(server.config.timeouts().idle(), codec.connection()));
        pipeline.remove(deadline);
        pipeline.remove(sniffer.handler());
    }

    /**
     * Rejects a request with both {@code Transfer-Encoding} and {@code Content-Length}, which is how a second request
     * is smuggled past a proxy.
     */
    private static final class StrictRequestDecoder extends HttpRequestDecoder {

        StrictRequestDecoder(HttpDecoderConfig config) {
            super(config);
        }

        @Override
        protected void handleTransferEncodingChunkedWithContentLength(HttpMessage message) {
            throw new IllegalArgumentException("both Transfer-Encoding and Content-Length");
        }
    }

    private static final class StreamInitializer extends ChannelInitializer<Channel> {

        private final ServerContext server;

        StreamInitializer(ServerContext server) {
            this.server = server;
        }

        @Override
        protected void initChannel(Channel stream) {
            stream.pipeline().addLast(new Http2StreamFrameToHttpObjectCodec(true), ExchangeHandler.http2(server));
        }
    }
}
