package io.genapi.gateway.store;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The living instances of the result store, asked one after the other. Thread-safe. */
public final class StoreInstances {

    private static final Logger LOG = LoggerFactory.getLogger(StoreInstances.class);

    private final HttpClient http;
    private final Supplier<List<URI>> addresses;

    /** @param addresses where the living ones answer, asked at each question */
    public StoreInstances(HttpClient http, Supplier<List<URI>> addresses) {
        this.http = http;
        this.addresses = addresses;
    }

    /**
     * What the first one says that knows; else what the last one said.
     *
     * @param patience with each of them
     * @param reading of an answer, or of none where an instance gave none in time
     * @param knows whether nobody else is to be asked
     * @param nobody where none lives
     */
    <A> A ask(
            String path,
            Duration patience,
            Function<Optional<HttpResponse<byte[]>>, A> reading,
            Predicate<A> knows,
            A nobody) {
        return ask(path, UnaryOperator.identity(), patience, reading, knows, nobody);
    }

    /** @param method and body of the request, a GET without one where it is left as it is */
    <A> A ask(
            String path,
            UnaryOperator<HttpRequest.Builder> method,
            Duration patience,
            Function<Optional<HttpResponse<byte[]>>, A> reading,
            Predicate<A> knows,
            A nobody) {
        A said = nobody;
        for (URI address : addresses.get()) {
            said = reading.apply(ask(
                    method.apply(HttpRequest.newBuilder(address.resolve(path))).build(), patience));
            if (knows.test(said)) {
                return said;
            }
        }
        return said;
    }

    /** What all of them say that answer in time. */
    List<HttpResponse<byte[]>> askAll(String path, Duration patience) {
        return addresses.get().stream()
                .flatMap(address ->
                        ask(HttpRequest.newBuilder(address.resolve(path)).build(), patience).stream())
                .toList();
    }

    private Optional<HttpResponse<byte[]>> ask(HttpRequest question, Duration patience) {
        CompletableFuture<HttpResponse<byte[]>> answer = http.sendAsync(question, BodyHandlers.ofByteArray());
        try {
            // A request's own timeout ends with the head of its answer; an instance may hang later, too.
            return Optional.of(answer.get(patience.toNanos(), TimeUnit.NANOSECONDS));
        } catch (ExecutionException | TimeoutException failure) {
            LOG.atDebug()
                    .addKeyValue("store", question.uri().getAuthority())
                    .log("A result store did not answer: {}", failure.toString());
            return Optional.empty();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        } finally {
            answer.cancel(true);
        }
    }
}
