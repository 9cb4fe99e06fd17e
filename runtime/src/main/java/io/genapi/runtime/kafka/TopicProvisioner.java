package io.genapi.runtime.kafka;

import io.genapi.schemas.job.VendorName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** Makes sure that the broker's topics exist as configured. Safe to run from many processes at once. */
public final class TopicProvisioner {

    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final Duration LOOK_AGAIN = Duration.ofMillis(100);

    private TopicProvisioner() {}

    /**
     * Creates what is missing, and sees to it that what is compacted is so.
     *
     * @throws TopicsUnavailableException if Kafka cannot be reached or an existing topic contradicts the settings
     */
    public static ProvisionedTopics provision(KafkaSettings settings) {
        return provision(
                settings,
                TopicPlan.of(settings),
                admin -> new ProvisionedTopics(
                        settings.topics(),
                        settings.partitions(),
                        admin.describeCluster().clusterId().get(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)));
    }

    /**
     * Creates what is missing of the topics in which vendors' jobs rest.
     *
     * @return the vendors that have such a topic: these, and others that the catalog once named
     * @throws TopicsUnavailableException if Kafka cannot be reached or an existing topic contradicts the settings
     */
    public static Set<VendorName> provisionParked(KafkaSettings settings, Collection<VendorName> vendors) {
        return provision(settings, TopicPlan.parked(settings, vendors), admin -> {
            Set<VendorName> all = new HashSet<>(vendors);
            for (String topic : admin.listTopics().names().get(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)) {
                settings.topics().parkedVendorOf(topic).ifPresent(all::add);
            }
            return Set.copyOf(all);
        });
    }

    private interface Answer<T> {
        T of(Admin admin) throws ExecutionException, InterruptedException, TimeoutException;
    }

    private static <T> T provision(KafkaSettings settings, List<NewTopic> plan, Answer<T> answer) {
        Map<String, Object> properties = settings.clientProperties("genapi-topics");
        properties.put("default.api.timeout.ms", (int) TIMEOUT.toMillis());
        properties.put("request.timeout.ms", (int) TIMEOUT.toMillis() / 2);
        try (Admin admin = Admin.create(properties)) {
            List<NewTopic> missing = missingOrContradicting(admin, plan);
            for (KafkaFuture<Void> creation :
                    admin.createTopics(missing).values().values()) {
                awaitCreation(creation);
            }
            awaitLeaders(admin, plan);
            // Another process, with other settings, may have been the one that created them.
            var _ = missingOrContradicting(admin, plan);
            TopicPolicy.apply(admin, plan, TIMEOUT);
            return answer.of(admin);
        } catch (ExecutionException | TimeoutException | KafkaException failure) {
            throw TopicsUnavailableException.unreachable(settings.bootstrapServers(), failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw TopicsUnavailableException.unreachable(settings.bootstrapServers(), interrupted);
        }
    }

    private static List<NewTopic> missingOrContradicting(Admin admin, List<NewTopic> plan)
            throws ExecutionException, InterruptedException, TimeoutException {
        Map<String, KafkaFuture<TopicDescription>> descriptions = new HashMap<>(
                admin.describeTopics(plan.stream().map(NewTopic::name).toList()).topicNameValues());
        List<NewTopic> missing = new ArrayList<>();
        for (NewTopic planned : plan) {
            try {
                TopicDescription existing = describe(descriptions, planned);
                if (existing.partitions().size() != planned.numPartitions()) {
                    throw TopicsUnavailableException.contradiction(
                            planned.name(), existing.partitions().size(), planned.numPartitions());
                }
            } catch (ExecutionException failure) {
                if (!(failure.getCause() instanceof UnknownTopicOrPartitionException)) {
                    throw failure;
                }
                missing.add(planned);
            }
        }
        return missing;
    }

    /**
     * Returns when the leader of every partition takes requests for it. A producer that is the first to write to a
     * partition before that can end up with its first batch behind its second, which the broker then refuses until the
     * batch expires.
     */
    private static void awaitLeaders(Admin admin, List<NewTopic> plan)
            throws ExecutionException, InterruptedException, TimeoutException {
        Map<TopicPartition, OffsetSpec> ends = plan.stream()
                .flatMap(topic -> IntStream.range(0, topic.numPartitions())
                        .mapToObj(partition -> new TopicPartition(topic.name(), partition)))
                .collect(Collectors.toMap(Function.identity(), _ -> OffsetSpec.latest()));
        long start = System.nanoTime();
        while (!areServed(admin, ends)) {
            if (System.nanoTime() - start > TIMEOUT.toNanos()) {
                throw new TimeoutException("the topics have no leaders after " + TIMEOUT);
            }
            Thread.sleep(LOOK_AGAIN);
        }
    }

    private static boolean areServed(Admin admin, Map<TopicPartition, OffsetSpec> ends)
            throws ExecutionException, InterruptedException, TimeoutException {
        try {
            var _ = admin.listOffsets(ends).all().get(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (ExecutionException failure) {
            // A broker hears of a new topic a moment later than the one that answered before.
            if (failure.getCause() instanceof UnknownTopicOrPartitionException) {
                return false;
            }
            throw failure;
        }
    }

    private static TopicDescription describe(Map<String, KafkaFuture<TopicDescription>> descriptions, NewTopic planned)
            throws ExecutionException, InterruptedException, TimeoutException {
        KafkaFuture<TopicDescription> description = descriptions.get(planned.name());
        if (description == null) {
            throw new IllegalStateException("no description was asked for of " + planned.name());
        }
        return description.get(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
    }

    private static void awaitCreation(KafkaFuture<Void> creation)
            throws ExecutionException, InterruptedException, TimeoutException {
        try {
            creation.get(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException failure) {
            if (!(failure.getCause() instanceof TopicExistsException)) {
                throw failure;
            }
        }
    }
}
