package io.genapi.simulator.http;

import io.genapi.simulator.exchange.ExchangeHandler;
import io.genapi.simulator.tls.ServerCertificate;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.group.ChannelGroup;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpServerKeepAliveHandler;
import io.netty.handler.codec.http2.Http2FrameCodecBuilder;
import io.netty.handler.codec.http2.Http2MultiplexHandler;
import io.netty.handler.codec.http2.Http2Settings;
import io.netty.handler.codec.http2.Http2StreamFrameToHttpObjectCodec;
import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ApplicationProtocolConfig.Protocol;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectedListenerFailureBehavior;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectorFailureBehavior;
import io.netty.handler.ssl.ApplicationProtocolNames;
import io.netty.handler.ssl.ApplicationProtocolNegotiationHandler;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslProvider;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Sets up connections: HTTP/1.1, or over TLS whichever of HTTP/2 and HTTP/1.1 the client prefers. */
final class Channels extends ChannelInitializer<Channel> {

    private static final int MAX_LINE_BYTES = 16 * 1024;
    private static final int MAX_HEADERS_BYTES = 64 * 1024;

    /** As many as vendors' load balancers allow on one connection. */
    private static final int MOST_STREAMS = 100;

    /** Servers have a minute for it; thousands who come at once on a busy machine need some of that. */
    private static final int HANDSHAKE_SECONDS = 60;

    private final ConnectionRules rules;
    private final ExchangeHandler handler;
    private final ChannelGroup open;
    private final Optional<SslContext> tls;

    Channels(ConnectionRules rules, ExchangeHandler handler, ChannelGroup open) throws SSLException {
        this.rules = rules;
        this.handler = handler;
        this.open = open;
        this.tls = rules.certificate().isPresent()
                ? Optional.of(context(rules.certificate().get()))
                : Optional.empty();
    }

    private static SslContext context(ServerCertificate certificate) throws SSLException {
        return SslContextBuilder.forServer(certificate.key(), certificate.chain())
                .sslProvider(SslProvider.JDK)
                .applicationProtocolConfig(new ApplicationProtocolConfig(
                        Protocol.ALPN,
                        SelectorFailureBehavior.NO_ADVERTISE,
                        SelectedListenerFailureBehavior.ACCEPT,
                        ApplicationProtocolNames.HTTP_2,
                        ApplicationProtocolNames.HTTP_1_1))
                .build();
    }

    @Override
    protected void initChannel(Channel channel) {
        open.add(channel);
        channel.pipeline().addLast(new Doorman(rules));
        tls.ifPresentOrElse(
                context -> channel.pipeline().addLast(handshake(context, channel), new Negotiation()),
                () -> http1(channel.pipeline()));
    }

    private static SslHandler handshake(SslContext context, Channel channel) {
        SslHandler handler = context.newHandler(channel.alloc());
        handler.setHandshakeTimeout(HANDSHAKE_SECONDS, TimeUnit.SECONDS);
        return handler;
    }

    private void http1(ChannelPipeline pipeline) {
        pipeline.addLast(new HttpServerCodec(new HttpDecoderConfig()
                        .setMaxInitialLineLength(MAX_LINE_BYTES)
                        .setMaxHeaderSize(MAX_HEADERS_BYTES)))
                .addLast(new HttpServerKeepAliveHandler())
                .addLast(new BodyCollector())
                .addLast(new Connection(handler));
    }

    private void http2(ChannelPipeline pipeline) {
        pipeline.addLast(Http2FrameCodecBuilder.forServer()
                        .initialSettings(Http2Settings.defaultSettings()
                                .maxConcurrentStreams(MOST_STREAMS)
                                .maxHeaderListSize(MAX_HEADERS_BYTES))
                        .build())
                .addLast(new Http2MultiplexHandler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel stream) {
                        stream.pipeline()
                                .addLast(new Http2StreamFrameToHttpObjectCodec(true))
                                .addLast(new BodyCollector())
                                .addLast(new Connection(handler));
                    }
                }));
    }

    private final class Negotiation extends ApplicationProtocolNegotiationHandler {

        private Negotiation() {
            super(ApplicationProtocolNames.HTTP_1_1);
        }

        @Override
        protected void configurePipeline(ChannelHandlerContext context, String protocol) {
            if (ApplicationProtocolNames.HTTP_2.equals(protocol)) {
                http2(context.pipeline());
            } else {
                http1(context.pipeline());
            }
        }

        /** Clients that do not trust the certificate are what it is for: no reason to log. */
        @Override
        protected void handshakeFailure(ChannelHandlerContext context, @Nullable Throwable cause) {
            var _ = context.close();
        }
    }
}
