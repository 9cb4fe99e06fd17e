package io.genapi.gateway.http;

import io.genapi.gateway.responses.ResponseEvents;
import io.genapi.gateway.responses.StoredResponse;
import io.genapi.gateway.stream.Streams;
import io.genapi.gateway.tenant.TenantPlaces;
import io.genapi.schemas.job.JobId;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;

/** Serves the events of responses that are there already. Thread-safe. */
public final class ResponseFollowing {

    private final Streams streams;
    private final WaitingRoom waitingRoom;

    public ResponseFollowing(Streams streams, WaitingRoom waitingRoom) {
        this.streams = streams;
        this.waitingRoom = waitingRoom;
    }

    /**
     * From its first event, or behind the one that its reader has, until its job ends.
     *
     * @param after that event's number; -1 where there is none
     * @param endedAt when the job ended, where it has
     * @return null where the answer was sent as events
     */
    @Nullable
    ResponseEntity<byte[]> follow(
            StoredResponse response,
            long after,
            Optional<Instant> endedAt,
            HttpServletRequest request,
            HttpServletResponse servlet)
            throws InterruptedException {
        try (TenantPlaces.Place _ = place(Exchange.of(request), servlet)) {
            return serve(response, after, endedAt, request, servlet);
        }
    }

    /** To be had before a job is submitted whose events are to be served: who is refused must have submitted nothing. */
    TenantPlaces.Place place(Exchange exchange, HttpServletResponse servlet) {
        return waitingRoom.enter(exchange, servlet);
    }

    /** The same for a caller that has a place. */
    @Nullable
    ResponseEntity<byte[]> serve(
            StoredResponse response,
            long after,
            Optional<Instant> endedAt,
            HttpServletRequest request,
            HttpServletResponse servlet)
            throws InterruptedException {
        Exchange exchange = Exchange.of(request);
        JobId id = response.id().job();
        exchange.concerns(id);
        EventStream wire = new EventStream(request, servlet).about(id);
        ResponseStream events = new ResponseStream(wire, () -> response, after, true);
        StreamResponses ends = new StreamResponses(exchange, events);
        boolean hasPieces = after > ResponseEvents.lastBeforePieces(response);
        return ends.guarded(() -> {
            if (endedAt.isEmpty()) {
                events.begin();
            }
            return ends.of(id, streams.followFromTheBeginning(id, endedAt, hasPieces, events));
        });
    }
}
