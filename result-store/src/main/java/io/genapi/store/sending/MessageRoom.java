package io.genapi.store.sending;

import io.genapi.schemas.job.TenantId;
import java.util.HashMap;
import java.util.Map;

/**
 * How many bytes of messages may be under way here at once, for those that carry a result may be large: half of them for one
 * tenant. Small messages always have room. Thread-safe.
 */
public final class MessageRoom {

    private static final int SMALL = 4_096;

    private final long bytes;
    private final Map<TenantId, Long> taken = new HashMap<>();
    private long all;

    public MessageRoom(long bytes) {
        this.bytes = bytes;
    }

    /** Whether there is room; if so, it is to be {@link #leave left} again. */
    synchronized boolean enter(TenantId tenant, int size) {
        if (size <= SMALL) {
            return true;
        }
        long ofTenant = taken.getOrDefault(tenant, 0L) + size;
        if (ofTenant > bytes / 2 || all + size > bytes) {
            return false;
        }
        taken.put(tenant, ofTenant);
        all += size;
        return true;
    }

    synchronized void leave(TenantId tenant, int size) {
        if (size > SMALL) {
            taken.computeIfPresent(tenant, (_, held) -> held == size ? null : held - size);
            all -= size;
        }
    }
}
