package io.genapi.runtime.kafka;

import io.genapi.schemas.kafka.TopicNames;

/**
 * Topics that are known to exist as configured: who asks for this can rely on them.
 *
 * @param partitions of every topic that is keyed by job id
 * @param cluster Kafka's own id of the cluster that they are in
 */
public record ProvisionedTopics(TopicNames names, int partitions, String cluster) {}
