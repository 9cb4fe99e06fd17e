package io.genapi.gateway.peer;

import io.genapi.runtime.reload.ReloadAnswer;
import io.genapi.schemas.control.Heartbeat;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** Has this process and all others that need the catalog read it now. Thread-safe. */
public final class CatalogReloads {

    private static final Logger LOG = LoggerFactory.getLogger(CatalogReloads.class);

    /** A worker may have to wait for Kafka to create a topic. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final HttpClient http;
    private final Supplier<ReloadAnswer> own;
    private final Supplier<List<Heartbeat>> others;

    /**
     * @param own has this process read it
     * @param others the living ones
     */
    public CatalogReloads(HttpClient http, Supplier<ReloadAnswer> own, Supplier<List<Heartbeat>> others) {
        this.http = http;
        this.own = own;
        this.others = others;
    }

    /**
     * What each says, this one first; the others are told at once.
     *
     * @param authorization of who asks for it, by which other gateways let this one in
     */
    public List<ReloadAnswer> everywhere(Optional<String> authorization) {
        List<CompletableFuture<ReloadAnswer>> asked =
                others.get().stream().map(peer -> ask(peer, authorization)).toList();
        List<ReloadAnswer> answers = new ArrayList<>();
        answers.add(own.get());
        asked.forEach(answer -> answers.add(answer.join()));
        return List.copyOf(answers);
    }

    private CompletableFuture<ReloadAnswer> ask(Heartbeat peer, Optional<String> authorization) {
        HttpRequest.Builder request = HttpRequest.newBuilder(peer.address().resolve(ReloadAnswer.PATH))
                .timeout(PATIENCE)
                .POST(HttpRequest.BodyPublishers.noBody());
        if (peer.service() == Heartbeat.Service.GATEWAY) {
            authorization.ifPresent(value -> request.header("Authorization", value));
        }
        return http.sendAsync(request.build(), BodyHandlers.ofByteArray()).handle((response, failure) -> {
            if (failure != null) {
                return silent(peer, failure instanceof IOException ? "" : failure.toString());
            }
            return answer(peer, response);
        });
    }

    private static ReloadAnswer answer(Heartbeat peer, HttpResponse<byte[]> response) {
        if (response.statusCode() != 200) {
            return silent(peer, "status " + response.statusCode());
        }
        try {
            return JsonMapper.shared().readValue(response.body(), ReloadAnswer.class);
        } catch (JacksonException malformed) {
            LOG.debug("A process gave an answer that is none", malformed);
            return silent(peer, "it is of another version");
        }
    }

    private static ReloadAnswer silent(Heartbeat peer, String why) {
        return new ReloadAnswer(
                peer.service().name().toLowerCase(Locale.ROOT),
                peer.instance(),
                "silent",
                List.of(),
                "It gave no answer at " + peer.address() + (why.isEmpty() ? "" : " (" + why + ")")
                        + "; it reads the file by itself when that changes.");
    }
}
