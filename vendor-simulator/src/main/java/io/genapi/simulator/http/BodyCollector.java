package io.genapi.simulator.http;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpUtil;
import org.jspecify.annotations.Nullable;

/** Collects a request's body; of one that is too large only the head is passed on, and the rest of it is discarded. */
final class BodyCollector extends HttpObjectAggregator {

    static final int MAX_BODY_BYTES = 16 * 1024 * 1024;

    BodyCollector() {
        super(MAX_BODY_BYTES);
    }

    /** Nothing is said to an announced body that is too large: its request gets the same answer as any other. */
    @Override
    protected @Nullable Object newContinueResponse(HttpMessage start, int maxContentLength, ChannelPipeline pipeline) {
        return HttpUtil.getContentLength(start, 0L) > maxContentLength
                ? null
                : super.newContinueResponse(start, maxContentLength, pipeline);
    }

    @Override
    protected void handleOversizedMessage(ChannelHandlerContext context, HttpMessage oversized) {
        context.fireChannelRead(new Oversized((HttpRequest) oversized));
    }

    /** A request whose body was larger than {@link #MAX_BODY_BYTES}. */
    static final class Oversized extends DefaultFullHttpRequest {

        private Oversized(HttpRequest request) {
            super(request.protocolVersion(), request.method(), request.uri());
            var _ = headers().set(request.headers());
        }
    }
}
