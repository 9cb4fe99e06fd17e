package io.genapi.store.http;

import io.genapi.schemas.job.TenantId;
import io.genapi.store.query.Owners;
import io.genapi.store.tenant.TenantLedger;
import io.genapi.store.tenant.TenantUse;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** What tenants use, of all processes. Thread-safe. */
public final class TenantSums {

    private static final TypeReference<Map<String, TenantUse>> USES = new TypeReference<>() {};

    private final TenantLedger ledger;
    private final Owners owners;
    private final PeerClient peers;
    private final int partitions;

    /** @param partitions of the table, those of all processes together */
    public TenantSums(TenantLedger ledger, Owners owners, PeerClient peers, int partitions) {
        this.ledger = ledger;
        this.owners = owners;
        this.peers = peers;
        this.partitions = partitions;
    }

    TenantLedger.Sums here(LocalDate day) {
        return ledger.sums(day);
    }

    /** Empty while some part of the table cannot be asked. */
    Optional<Map<TenantId, TenantUse>> everywhere(LocalDate day) throws InterruptedException {
        TenantLedger.Sums own = here(day);
        Map<TenantId, TenantUse> sums = new HashMap<>(own.tenants());
        Set<Integer> seen = new HashSet<>(own.partitions());
        for (URI peer : seen.size() < partitions ? owners.others() : List.<URI>of()) {
            Optional<HttpResponse<byte[]>> answer = peers.get(peer, "/store/tenants?day=" + day, Duration.ZERO)
                    .filter(response -> response.statusCode() == 200);
            if (answer.isPresent() && seen.addAll(JobLister.partitions(answer.get()))) {
                read(answer.get().body()).forEach((tenant, use) -> sums.merge(tenant, use, TenantUse::plus));
            }
        }
        return seen.size() == partitions ? Optional.of(sums) : Optional.empty();
    }

    static byte[] write(Map<TenantId, TenantUse> sums) {
        Map<String, TenantUse> named = new TreeMap<>();
        sums.forEach((tenant, use) -> named.put(tenant.value(), use));
        return JsonMapper.shared().writeValueAsBytes(named);
    }

    private static Map<TenantId, TenantUse> read(byte[] json) {
        Map<TenantId, TenantUse> sums = new HashMap<>();
        JsonMapper.shared().readValue(json, USES).forEach((name, use) -> sums.put(new TenantId(name), use));
        return sums;
    }
}
