package io.genapi.store.sending;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.genapi.schemas.job.TenantId;
import org.junit.jupiter.api.Test;

class MessageRoomTest {

    private static final TenantId OTHER = new TenantId("other");
    private static final TenantId THIRD = new TenantId("third");

    private final MessageRoom room = new MessageRoom(40_000);

    @Test
    void leavesRoomForOthersAndIsGivenBack() {
        assertTrue(room.enter(Hooks.ACME, 10_000));
        assertTrue(room.enter(Hooks.ACME, 10_000));
        assertFalse(room.enter(Hooks.ACME, 10_000), "a tenant has half of it");
        assertTrue(room.enter(OTHER, 20_000));
        assertFalse(room.enter(THIRD, 5_000), "it is full");
        room.leave(Hooks.ACME, 10_000);
        assertTrue(room.enter(THIRD, 10_000));
        room.leave(OTHER, 20_000);
        assertTrue(room.enter(Hooks.ACME, 10_000));
    }

    @Test
    void alwaysHasRoomForWhatIsSmall() {
        assertTrue(room.enter(Hooks.ACME, 20_000));
        assertTrue(room.enter(OTHER, 20_000));
        assertTrue(room.enter(Hooks.ACME, 4_096));
        room.leave(Hooks.ACME, 4_096);
        assertFalse(room.enter(Hooks.ACME, 4_097));
    }
}
