package io.genapi.inflight;

import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.consumer.GroupProtocol;

/** What Kafka's consumer has to be configured with for this library to keep its promises. */
final class ConsumerProperties {

    private ConsumerProperties() {}

    /** The given properties, and where they are silent: KIP-848, from the earliest record on. */
    static Map<String, Object> complete(String name, Map<String, Object> given) {
        Map<String, Object> properties = new HashMap<>(given);
        if (!properties.containsKey(ConsumerConfig.GROUP_ID_CONFIG)) {
            throw new IllegalArgumentException(
                    ConsumerConfig.GROUP_ID_CONFIG + " of consumer " + name + " is missing; its commits need one");
        }
        Object autoCommit = properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        if (autoCommit != null && Boolean.parseBoolean(autoCommit.toString())) {
            throw new IllegalArgumentException(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG + " of consumer " + name
                    + " is true, which would commit records that still run; leave it out");
        }
        properties.putIfAbsent(ConsumerConfig.CLIENT_ID_CONFIG, name);
        properties.putIfAbsent(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        Object protocol = properties.putIfAbsent(ConsumerConfig.GROUP_PROTOCOL_CONFIG, GroupProtocol.CONSUMER.name);
        if (protocol != null && GroupProtocol.CLASSIC.name.equalsIgnoreCase(protocol.toString())) {
            // The classic default takes every partition from everybody whenever somebody joins.
            properties.putIfAbsent(
                    ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG, CooperativeStickyAssignor.class.getName());
        }
        return properties;
    }
}
