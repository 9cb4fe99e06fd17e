package io.genapi.store.http;

import io.genapi.schemas.job.TenantId;
import io.genapi.store.query.Freshness;
import io.genapi.store.query.Owners;
import io.genapi.store.tenant.TenantLedger;
import io.genapi.store.tenant.TenantUse;
import java.net.URI;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** What tenants use, of all processes. Thread-safe. */
public final class TenantSums {

    private static final Logger LOG = LoggerFactory.getLogger(TenantSums.class);
    private static final TypeReference<Map<Integer, Map<String, TenantUse>>> PARTS = new TypeReference<>() {};

    /**
     * With a table that lags behind Kafka: gateways take what they accepted before they asked to be among what they are
     * told.
     */
    private static final Duration LAG_PATIENCE = Duration.ofMillis(500);

    private final TenantLedger ledger;
    private final Freshness freshness;
    private final Owners owners;
    private final PeerClient peers;
    private final int partitions;

    /** @param partitions of the table, those of all processes together */
    public TenantSums(TenantLedger ledger, Freshness freshness, Owners owners, PeerClient peers, int partitions) {
        this.ledger = ledger;
        this.freshness = freshness;
        this.owners = owners;
        this.peers = peers;
        this.partitions = partitions;
    }

    /**
     * What this process' parts of the table tell, each by itself, for another process may have one of them too. Those that
     * lag behind tell nothing.
     */
    byte[] here(LocalDate day) throws InterruptedException {
        return JsonMapper.shared().writeValueAsBytes(own(day));
    }

    private Map<Integer, Map<String, TenantUse>> own(LocalDate day) throws InterruptedException {
        Set<Integer> parts = ledger.partitions();
        Set<Integer> fresh = parts.isEmpty() ? parts : freshness.awaitCaughtUp(parts, LAG_PATIENCE);
        Map<Integer, Map<String, TenantUse>> named = new TreeMap<>();
        ledger.uses(day).forEach((partition, uses) -> {
            if (fresh.contains(partition)) {
                named.put(partition, named(uses));
            }
        });
        return named;
    }

    /** Empty while some part of the table cannot be asked, or lags behind. */
    Optional<byte[]> everywhere(LocalDate day) throws InterruptedException {
        Map<Integer, Map<String, TenantUse>> parts = own(day);
        for (URI peer : parts.size() < partitions ? owners.others() : List.<URI>of()) {
            peers.get(peer, "/store/tenants?day=" + day, Duration.ZERO)
                    .filter(response -> response.statusCode() == 200)
                    .ifPresent(response -> read(response.body()).forEach(parts::putIfAbsent));
        }
        if (parts.size() < partitions) {
            return Optional.empty();
        }
        Map<String, TenantUse> sums = new TreeMap<>();
        parts.values().forEach(uses -> uses.forEach((tenant, use) -> sums.merge(tenant, use, TenantUse::plus)));
        return Optional.of(JsonMapper.shared().writeValueAsBytes(sums));
    }

    private static Map<String, TenantUse> named(Map<TenantId, TenantUse> uses) {
        Map<String, TenantUse> named = new TreeMap<>();
        uses.forEach((tenant, use) -> named.put(tenant.value(), use));
        return named;
    }

    private static Map<Integer, Map<String, TenantUse>> read(byte[] json) {
        try {
            return JsonMapper.shared().readValue(json, PARTS);
        } catch (JacksonException other) {
            LOG.debug("A store of another version does not tell what tenants use by the parts of its table", other);
            return Map.of();
        }
    }
}
