package io.genapi.gateway.store;

import io.genapi.gateway.tenant.TenantUse;
import io.genapi.gateway.tenant.TenantUses;
import io.genapi.schemas.job.TenantId;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Asks the living store instances what tenants use, one after the other, until one knows. Thread-safe. */
public final class HttpTenantUses implements TenantUses {

    private static final Logger LOG = LoggerFactory.getLogger(HttpTenantUses.class);
    private static final TypeReference<Map<String, TenantUse>> USES = new TypeReference<>() {};

    private final HttpClient http;
    private final Supplier<List<URI>> instances;
    private final Duration answerPatience;

    /**
     * @param instances where the living stores answer, asked at each question
     * @param answerPatience how long one instance may take
     */
    public HttpTenantUses(HttpClient http, Supplier<List<URI>> instances, Duration answerPatience) {
        this.http = http;
        this.instances = instances;
        this.answerPatience = answerPatience;
    }

    @Override
    public Optional<Map<TenantId, TenantUse>> on(LocalDate day) {
        for (URI instance : instances.get()) {
            Optional<Map<TenantId, TenantUse>> told = ask(instance.resolve("/store/tenants?day=" + day));
            if (told.isPresent()) {
                return told;
            }
        }
        return Optional.empty();
    }

    private Optional<Map<TenantId, TenantUse>> ask(URI question) {
        try {
            HttpResponse<byte[]> response = http.send(
                    HttpRequest.newBuilder(question).timeout(answerPatience).build(), BodyHandlers.ofByteArray());
            return response.statusCode() == 200 ? Optional.of(read(response.body())) : Optional.empty();
        } catch (IOException | JacksonException failure) {
            LOG.atDebug()
                    .addKeyValue("store", question.getAuthority())
                    .log("A result store did not tell what tenants use: {}", failure.toString());
            return Optional.empty();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    private static Map<TenantId, TenantUse> read(byte[] json) {
        Map<TenantId, TenantUse> uses = new HashMap<>();
        JsonMapper.shared().readValue(json, USES).forEach((name, use) -> uses.put(new TenantId(name), use));
        return uses;
    }
}
