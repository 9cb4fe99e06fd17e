package io.genapi.worker.http;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.Future;
import org.apache.hc.client5.http.config.Configurable;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.async.CloseableHttpAsyncClient;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.CloseableHttpResponse;
import org.apache.hc.client5.http.impl.classic.RequestFailedException;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.concurrent.Cancellable;
import org.apache.hc.core5.concurrent.CancellableDependency;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.EntityDetails;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.HttpRequest;
import org.apache.hc.core5.http.io.entity.EntityUtils;
import org.apache.hc.core5.http.io.entity.InputStreamEntity;
import org.apache.hc.core5.http.message.BasicClassicHttpResponse;
import org.apache.hc.core5.http.message.BasicHttpRequest;
import org.apache.hc.core5.http.nio.AsyncEntityProducer;
import org.apache.hc.core5.http.nio.RequestChannel;
import org.apache.hc.core5.http.nio.entity.BasicAsyncEntityProducer;
import org.apache.hc.core5.http.nio.support.BasicRequestProducer;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.reactor.IOReactorStatus;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/**
 * HttpClient's asynchronous client, which speaks HTTP/2 as well, with the face of its classic one: the calling thread waits
 * for the answer and reads it. Its own {@code ClassicToAsyncAdaptor} leaves readers waiting where a connection breaks.
 * Requests have their bodies in memory. Thread-safe.
 */
final class NegotiatingClient extends CloseableHttpClient {

    private final CloseableHttpAsyncClient client;

    /** @param client started; closed with this */
    NegotiatingClient(CloseableHttpAsyncClient client) {
        this.client = client;
    }

    /** Whether it can still make calls: what breaks inside the threads that read connections ends them for good. */
    boolean isAlive() {
        return client.getStatus().compareTo(IOReactorStatus.SHUTTING_DOWN) < 0;
    }

    @Override
    protected CloseableHttpResponse doExecute(HttpHost target, ClassicHttpRequest request, HttpContext context)
            throws IOException {
        RequestConfig config = request instanceof Configurable configured && configured.getConfig() != null
                ? configured.getConfig()
                : RequestConfig.DEFAULT;
        HttpClientContext asked = HttpClientContext.castOrCreate(context);
        asked.setRequestConfig(config);
        IncomingAnswer answer = new IncomingAnswer();
        Future<Void> running = client.execute(target, new Outgoing(request, answer), answer, null, asked, answer);
        Cancellable cutOff = () -> {
            answer.fail(new RequestFailedException("Request aborted"));
            return running.cancel(true);
        };
        if (request instanceof CancellableDependency cancellable) {
            cancellable.setDependency(cutOff);
        }
        Duration silence = silence(config);
        try {
            return CloseableHttpResponse.adapt(response(answer.head(silence), answer, silence, cutOff));
        } catch (IOException failure) {
            cutOff.cancel();
            throw failure;
        }
    }

    private static Duration silence(RequestConfig config) {
        Timeout timeout = config.getResponseTimeout();
        return timeout == null || timeout.isDisabled() ? Duration.ofNanos(Long.MAX_VALUE) : timeout.toDuration();
    }

    private static ClassicHttpResponse response(
            IncomingAnswer.Head head, IncomingAnswer answer, Duration silence, Cancellable cutOff) {
        ClassicHttpResponse response =
                new BasicClassicHttpResponse(head.response().getCode());
        response.setVersion(head.response().getVersion());
        response.setHeaders(head.response().getHeaders());
        EntityDetails body = head.body();
        if (body != null) {
            response.setEntity(new InputStreamEntity(
                    new Body(answer, silence, cutOff),
                    body.getContentLength(),
                    ContentType.parseLenient(body.getContentType()),
                    body.getContentEncoding()));
        }
        return response;
    }

    /** Tells when it begins to be sent. */
    private static final class Outgoing extends BasicRequestProducer {

        private final IncomingAnswer answer;

        private Outgoing(ClassicHttpRequest request, IncomingAnswer answer) throws IOException {
            super(head(request), body(request.getEntity()));
            this.answer = answer;
        }

        private static HttpRequest head(ClassicHttpRequest request) {
            HttpRequest head = new BasicHttpRequest(
                    request.getMethod(), request.getScheme(), request.getAuthority(), request.getPath());
            head.setHeaders(request.getHeaders());
            return head;
        }

        private static @Nullable AsyncEntityProducer body(@Nullable HttpEntity entity) throws IOException {
            return entity == null
                    ? null
                    : new BasicAsyncEntityProducer(
                            EntityUtils.toByteArray(entity), ContentType.parseLenient(entity.getContentType()));
        }

        @Override
        public void sendRequest(RequestChannel channel, HttpContext context) throws HttpException, IOException {
            answer.requestBegins();
            super.sendRequest(channel, context);
        }
    }

    /** Cuts the call off if it is closed before its end, rather than read on. */
    private static final class Body extends InputStream {

        private final IncomingAnswer answer;
        private final Duration silence;
        private final Cancellable cutOff;

        private Body(IncomingAnswer answer, Duration silence, Cancellable cutOff) {
            this.answer = answer;
            this.silence = silence;
            this.cutOff = cutOff;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            return length == 0 ? 0 : answer.read(into, offset, length, silence);
        }

        @Override
        public void close() {
            if (!answer.isOver()) {
                cutOff.cancel();
            }
        }
    }

    @Override
    public void close() {
        close(CloseMode.GRACEFUL);
    }

    @Override
    public void close(CloseMode mode) {
        client.close(mode);
    }
}
