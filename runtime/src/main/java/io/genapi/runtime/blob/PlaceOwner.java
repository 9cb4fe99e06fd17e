package io.genapi.runtime.blob;

/** The broker that a place of blobs belongs to: no other one may clear anything away there. */
public record PlaceOwner(String kafkaCluster, String topicPrefix) {

    @Override
    public String toString() {
        return "Kafka cluster '" + kafkaCluster + "', topics '" + topicPrefix + ".*'";
    }
}
