package io.genapi.simulator.http;

import io.genapi.simulator.exchange.Exchange.Reading;
import io.genapi.simulator.exchange.ExchangeHandler;
import io.genapi.simulator.exchange.VendorRequest;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.QueryStringDecoder;
import java.util.ArrayDeque;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One client connection: answers its requests one after another, each on a virtual thread, and interrupts that thread
 * when the client leaves. All state belongs to the channel's event loop.
 */
final class Connection extends SimpleChannelInboundHandler<FullHttpRequest> {

    private static final Logger LOG = LoggerFactory.getLogger(Connection.class);
    private static final int MOST_PIPELINED = 64;

    private final ExchangeHandler handler;
    private final Queue<NettyExchange> waiting = new ArrayDeque<>();
    private @Nullable NettyExchange current;

    Connection(ExchangeHandler handler) {
        this.handler = handler;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, FullHttpRequest request) {
        NettyExchange exchange = new NettyExchange(context.channel(), read(request), reading(request));
        if (current == null) {
            start(context, exchange);
        } else if (waiting.size() < MOST_PIPELINED) {
            waiting.add(exchange);
        } else {
            var _ = context.close();
        }
    }

    private void start(ChannelHandlerContext context, NettyExchange exchange) {
        current = exchange;
        exchange.start(() -> {
            serve(exchange);
            try {
                context.executor().execute(() -> next(context));
            } catch (RejectedExecutionException closed) {
                LOG.debug("The simulator closed while a call was answered");
            }
        });
    }

    private void serve(NettyExchange exchange) {
        try {
            handler.handle(exchange);
        } catch (InterruptedException clientLeft) {
            LOG.debug("The client left before its call was answered");
        } catch (RuntimeException bug) {
            LOG.error("A call could not be answered; its connection is closed", bug);
            exchange.drop();
        }
    }

    private void next(ChannelHandlerContext context) {
        current = null;
        NettyExchange next = waiting.poll();
        if (next != null && context.channel().isActive()) {
            start(context, next);
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        waiting.clear();
        if (current != null) {
            current.clientLeft();
        }
        context.fireChannelInactive();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        LOG.debug("A connection broke", cause);
        var _ = context.close();
    }

    private static Reading reading(FullHttpRequest request) {
        if (request.decoderResult().isFailure()) {
            return Reading.NOT_HTTP;
        }
        return request instanceof BodyCollector.Oversized ? Reading.BODY_TOO_LARGE : Reading.WHOLE;
    }

    private static VendorRequest read(FullHttpRequest request) {
        Map<String, String> headers = new TreeMap<>();
        request.headers()
                .forEach(header -> headers.merge(
                        header.getKey().toLowerCase(Locale.ROOT), header.getValue(), (one, two) -> one + ", " + two));
        return new VendorRequest(
                request.method().name(),
                path(request.uri()),
                query(request.uri()),
                headers,
                ByteBufUtil.getBytes(request.content()));
    }

    private static Map<String, String> query(String uri) {
        Map<String, String> first = new TreeMap<>();
        try {
            new QueryStringDecoder(uri).parameters().forEach((name, values) -> first.put(name, values.getFirst()));
        } catch (IllegalArgumentException badEscape) {
            return Map.of();
        }
        return first;
    }

    private static String path(String uri) {
        try {
            return new QueryStringDecoder(uri).path();
        } catch (IllegalArgumentException badEscape) {
            return uri;
        }
    }
}
