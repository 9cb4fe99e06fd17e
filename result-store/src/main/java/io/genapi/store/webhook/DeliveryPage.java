package io.genapi.store.webhook;

import io.genapi.schemas.webhook.EventId;
import java.util.List;
import java.util.Optional;

/**
 * Part of what an endpoint was told.
 *
 * @param last after which the next page goes on, where there is more; it need not be one that is shown
 */
public record DeliveryPage(List<Telling> tellings, Optional<EventId> last) {

    public DeliveryPage {
        tellings = List.copyOf(tellings);
    }
}
