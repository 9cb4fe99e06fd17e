package io.genapi.gateway.config;

import io.genapi.gateway.cancel.Attachments;
import io.genapi.gateway.job.JobStore;
import io.genapi.gateway.job.Originals;
import io.genapi.gateway.kafka.KafkaReachability;
import io.genapi.gateway.kafka.ReplyReceiver;
import io.genapi.gateway.reply.JobIdMinter;
import io.genapi.gateway.reply.PartitionOwnership;
import io.genapi.gateway.reply.PendingReplies;
import io.genapi.gateway.reply.ReplyWait;
import io.genapi.gateway.stream.LiveStreams;
import io.genapi.gateway.stream.Streams;
import io.genapi.gateway.submit.DiskGuard;
import io.genapi.gateway.submit.JobPublisher;
import io.genapi.gateway.submit.SubmissionLimits;
import io.genapi.gateway.submit.Submissions;
import io.genapi.runtime.kafka.KafkaSettings;
import io.genapi.runtime.kafka.ProvisionedTopics;
import io.genapi.runtime.kafka.RecordProducers;
import io.genapi.runtime.service.Phased;
import io.genapi.runtime.telemetry.Telemetry;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.kafka.core.KafkaTemplate;

/** The way of a job to Kafka and of its result back to the call that waits. */
@Configuration(proxyBeanMethods = false)
class ReplyConfiguration {

    @Bean
    PartitionOwnership ownership(PrometheusMeterRegistry meters) {
        PartitionOwnership ownership = new PartitionOwnership();
        Gauge.builder(
                        "genapi.gateway.owned.partitions",
                        ownership,
                        owner -> owner.owned().size())
                .description("Partitions whose results come to this gateway")
                .register(meters);
        return ownership;
    }

    @Bean
    PendingReplies pendingReplies(
            PartitionOwnership ownership, ProvisionedTopics topics, PrometheusMeterRegistry meters) {
        PendingReplies pendingReplies = new PendingReplies(ownership, topics.partitions());
        Gauge.builder("genapi.gateway.waiting.calls", pendingReplies, PendingReplies::count)
                .description("Calls that wait for a job's end")
                .register(meters);
        return pendingReplies;
    }

    @Bean
    KafkaTemplate<byte[], byte[]> jobProducer(RecordProducers producers, GatewaySettings settings) {
        return producers.create("genapi-gateway-jobs", settings.publishPatience());
    }

    @Bean
    DiskGuard diskGuard(GatewaySettings settings, InstantSource clock) {
        return new DiskGuard(
                settings.disk().directory(), settings.disk().minFree().toBytes(), DiskGuard::usableSpace, clock);
    }

    @Bean
    Submissions submissions(
            PartitionOwnership ownership,
            PendingReplies pendingReplies,
            Streams streams,
            JobStore store,
            Originals originals,
            JobPublisher publisher,
            Attachments attachments,
            DiskGuard disk,
            ProvisionedTopics topics,
            GatewaySettings settings,
            InstantSource clock) {
        return new Submissions(
                ownership,
                new JobIdMinter(ownership, topics.partitions(), clock, new SecureRandom()),
                pendingReplies,
                new ReplyWait(store, settings.safetyNet(), clock),
                streams,
                store,
                originals,
                publisher,
                attachments,
                disk,
                new SubmissionLimits(
                        settings.waitDeadline(),
                        settings.asyncDeadline(),
                        settings.ownershipPatience(),
                        settings.lookupPatience(),
                        settings.maxWaitingCalls()),
                clock,
                Thread::sleep);
    }

    @Bean
    ReplyReceiver replyReceiver(
            KafkaSettings kafka,
            ProvisionedTopics topics,
            PartitionOwnership ownership,
            PendingReplies pendingReplies,
            LiveStreams liveStreams,
            Telemetry telemetry) {
        return new ReplyReceiver(
                () -> new KafkaConsumer<>(membership(kafka), new ByteArrayDeserializer(), new ByteArrayDeserializer()),
                topics.names(),
                ownership,
                pendingReplies,
                liveStreams,
                telemetry,
                Thread::sleep);
    }

    /** The range assignor gives both topics' partition of one number to one gateway (KIP-848). */
    private static Map<String, Object> membership(KafkaSettings kafka) {
        Map<String, Object> properties = kafka.consumerProperties("genapi-gateway-replies");
        properties.put("group.id", kafka.topicPrefix() + "-gateways");
        properties.put("group.protocol", "consumer");
        properties.put("group.remote.assignor", "range");
        properties.put("auto.offset.reset", "latest");
        return properties;
    }

    @Bean
    KafkaReachability kafkaReachability(KafkaSettings kafka) {
        Map<String, Object> properties = kafka.clientProperties("genapi-gateway-reachability");
        return new KafkaReachability(Admin.create(properties));
    }

    @Bean
    Phased replies(ReplyReceiver receiver) {
        return new Phased(Phased.BEFORE_HTTP, receiver::start, receiver::close);
    }

    @Bean
    Phased reachability(KafkaReachability reachability) {
        return new Phased(Phased.BEFORE_HTTP, reachability::start, reachability::close);
    }

    /** On the way out no job is taken; calls that wait have until the drain is over. */
    @Bean
    Phased intake(
            Submissions submissions, PendingReplies pendingReplies, LiveStreams liveStreams, GatewaySettings settings) {
        return new Phased(Phased.AFTER_HTTP, () -> {}, () -> {
            submissions.stop();
            stopLater(pendingReplies::stop, settings);
            stopLater(liveStreams::stop, settings);
        });
    }

    private static void stopLater(Runnable stop, GatewaySettings settings) {
        ScheduledExecutorService drain = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().name("gateway-drain").daemon().factory());
        var _ = drain.schedule(stop, settings.drain().toNanos(), TimeUnit.NANOSECONDS);
        // What is scheduled still runs, then the thread ends.
        drain.shutdown();
    }
}
