package io.genapi.gateway.store;

import io.genapi.gateway.tenant.TenantUse;
import io.genapi.gateway.tenant.TenantUses;
import io.genapi.schemas.job.TenantId;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Asks the living store instances what tenants use, one after the other, until one knows. Thread-safe. */
public final class HttpTenantUses implements TenantUses {

    private static final Logger LOG = LoggerFactory.getLogger(HttpTenantUses.class);
    private static final TypeReference<Map<String, TenantUse>> USES = new TypeReference<>() {};

    private final StoreInstances instances;
    private final Duration answerPatience;

    /** @param answerPatience how long one instance may take */
    public HttpTenantUses(StoreInstances instances, Duration answerPatience) {
        this.instances = instances;
        this.answerPatience = answerPatience;
    }

    @Override
    public Optional<Map<TenantId, TenantUse>> on(LocalDate day) {
        return instances.ask(
                "/store/tenants?day=" + day,
                answerPatience,
                answer ->
                        answer.filter(response -> response.statusCode() == 200).flatMap(HttpTenantUses::read),
                Optional::isPresent,
                Optional.empty());
    }

    private static Optional<Map<TenantId, TenantUse>> read(HttpResponse<byte[]> response) {
        Map<TenantId, TenantUse> uses = new HashMap<>();
        try {
            JsonMapper.shared()
                    .readValue(response.body(), USES)
                    .forEach((name, use) -> uses.put(new TenantId(name), use));
            return Optional.of(uses);
        } catch (JacksonException malformed) {
            LOG.atDebug()
                    .addKeyValue("store", response.uri().getAuthority())
                    .log("A result store did not tell what tenants use: {}", malformed.toString());
            return Optional.empty();
        }
    }
}
