package io.genapi.simulator.http;

import io.genapi.simulator.exchange.Exchange;
import io.genapi.simulator.exchange.VendorRequest;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** An exchange on a Netty channel; what is written is handed to the event loop in one piece per flush. */
final class NettyExchange implements Exchange {

    private final Channel channel;
    private final VendorRequest request;
    private final Reading reading;
    private final AtomicBoolean ending = new AtomicBoolean();
    private List<HttpObject> unsent = new ArrayList<>();
    private volatile @Nullable Thread thread;

    NettyExchange(Channel channel, VendorRequest request, Reading reading) {
        this.channel = channel;
        this.request = request;
        this.reading = reading;
    }

    void start(Runnable serving) {
        Thread started = Thread.ofVirtual().name("vendor-call").unstarted(serving);
        thread = started;
        started.start();
    }

    /** Wakes the thread that answers, unless it is at its last step and will see for itself. */
    void clientLeft() {
        Thread answering = thread;
        if (answering != null && ending.compareAndSet(false, true)) {
            answering.interrupt();
        }
    }

    @Override
    public VendorRequest request() {
        return request;
    }

    @Override
    public Reading reading() {
        return reading;
    }

    @Override
    public void pause(Duration duration) throws InterruptedException {
        Thread.sleep(duration);
    }

    @Override
    public void head(int status, Map<String, String> headers, OptionalInt contentLength) {
        HttpResponse response = new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.valueOf(status));
        headers.forEach(response.headers()::set);
        if (contentLength.isPresent()) {
            response.headers().setInt(HttpHeaderNames.CONTENT_LENGTH, contentLength.getAsInt());
        } else {
            response.headers().set(HttpHeaderNames.TRANSFER_ENCODING, HttpHeaderValues.CHUNKED);
        }
        // A client that waits for leave to send its body may now send it or not: where its next request begins is
        // unknown.
        boolean announcedBody =
                reading == Reading.BODY_TOO_LARGE && request.header("expect").isPresent();
        if (reading == Reading.NOT_HTTP || announcedBody) {
            response.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
        }
        unsent.add(response);
    }

    @Override
    public void write(byte[] bytes) {
        unsent.add(new DefaultHttpContent(Unpooled.wrappedBuffer(bytes)));
    }

    @Override
    public void flush() {
        if (!unsent.isEmpty()) {
            var _ = send(channel.newPromise());
        }
    }

    @Override
    public boolean finish() {
        ending.set(true);
        unsent.add(LastHttpContent.EMPTY_LAST_CONTENT);
        return send(channel.newPromise()).awaitUninterruptibly().isSuccess();
    }

    @Override
    public void drop() {
        ending.set(true);
        flush();
        channel.close().awaitUninterruptibly();
    }

    /** The promise is that of the last object; an earlier one's failure means that the last one fails too. */
    private ChannelFuture send(ChannelPromise promise) {
        List<HttpObject> objects = unsent;
        unsent = new ArrayList<>();
        try {
            channel.eventLoop().execute(() -> {
                for (HttpObject object : objects.subList(0, objects.size() - 1)) {
                    var _ = channel.write(object, channel.voidPromise());
                }
                var _ = channel.writeAndFlush(objects.getLast(), promise);
            });
        } catch (RejectedExecutionException closed) {
            promise.setFailure(closed);
        }
        return promise;
    }
}
