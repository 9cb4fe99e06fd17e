package io.genapi.schemas.kafka;

import io.genapi.schemas.job.Lane;
import io.genapi.schemas.job.VendorName;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The names of the broker's topics.
 *
 * @param prefix what they all begin with, {@code genapi} by default
 */
public record TopicNames(String prefix) {

    public static final TopicNames STANDARD = new TopicNames("genapi");

    /** Jobs to do, keyed by job id. */
    public String requests(Lane lane) {
        return prefix + ".requests." + lane.wireName();
    }

    public List<String> requests() {
        return Arrays.stream(Lane.values()).map(this::requests).toList();
    }

    /** The lane whose request topic this is. */
    public Optional<Lane> laneOf(String topic) {
        return Arrays.stream(Lane.values())
                .filter(lane -> requests(lane).equals(topic))
                .findFirst();
    }

    /** Jobs that rest until that vendor recovers, keyed by job id. */
    public String parked(VendorName vendor) {
        return parkedPrefix() + vendor;
    }

    /** The vendor whose parked jobs lie in that topic. */
    public Optional<VendorName> parkedVendorOf(String topic) {
        return topic.startsWith(parkedPrefix())
                        && topic.length() > parkedPrefix().length()
                ? Optional.of(new VendorName(topic.substring(parkedPrefix().length())))
                : Optional.empty();
    }

    private String parkedPrefix() {
        return prefix + ".parked.";
    }

    /** Jobs' ends, keyed by job id. */
    public String results() {
        return prefix + ".results";
    }

    /** Pieces of streamed answers, keyed by job id, co-partitioned with the results. */
    public String deltas() {
        return prefix + ".deltas";
    }

    /** News of jobs on their way, keyed by job id. */
    public String events() {
        return prefix + ".events";
    }

    /** What processes tell each other; small, read by everyone. */
    public String control() {
        return prefix + ".control";
    }

    /** Files and batches, as far as they have come; small, compacted, read by all gateways. */
    public String batches() {
        return prefix + ".batches";
    }

    /** Webhook endpoints as their tenants want them; small, compacted, read by gateways and stores. */
    public String webhookEndpoints() {
        return prefix + ".webhook-endpoints";
    }

    /** How webhook endpoints do; small, compacted, read by gateways and stores. */
    public String webhookStandings() {
        return prefix + ".webhook-standings";
    }

    /** What endpoints are to be told of, and wishes to be told again; keyed by event or endpoint, in their tenant's partition. */
    public String webhookEvents() {
        return prefix + ".webhook-events";
    }

    /** Deliveries that are due, keyed by event. */
    public String webhooks() {
        return prefix + ".webhooks";
    }

    /** What came of deliveries, keyed by event, in their tenant's partition. */
    public String webhookAttempts() {
        return prefix + ".webhook-attempts";
    }

    /** Records that cannot be understood, with the reason. */
    public String deadLetters() {
        return prefix + ".dead-letters";
    }
}
