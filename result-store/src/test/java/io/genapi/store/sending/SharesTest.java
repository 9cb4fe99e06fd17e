package io.genapi.store.sending;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.genapi.schemas.webhook.Delivery;
import io.genapi.schemas.webhook.EventType;
import java.net.URI;
import org.junit.jupiter.api.Test;

class SharesTest {

    private static Delivery toNewEndpoint() {
        return Hooks.delivery(
                Hooks.event(EventType.JOB_SUCCEEDED),
                Hooks.endpoint(URI.create("https://hooks.example.com/x"), Hooks.secret()));
    }

    @Test
    void leavesRoomForOthers() {
        Shares shares = new Shares(2, 3);
        Delivery one = toNewEndpoint();
        Delivery other = toNewEndpoint();
        assertTrue(shares.enter(one));
        assertTrue(shares.enter(one));
        assertFalse(shares.enter(one), "an endpoint has its share");
        assertTrue(shares.enter(other));
        assertFalse(shares.enter(other), "a tenant has its share");
        shares.leave(one);
        assertTrue(shares.enter(other));
        shares.leave(one);
        shares.leave(other);
        shares.leave(other);
        assertTrue(shares.enter(one));
        assertTrue(shares.enter(one));
    }
}
