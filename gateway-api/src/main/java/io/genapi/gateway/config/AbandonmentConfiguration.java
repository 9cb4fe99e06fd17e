package io.genapi.gateway.config;

import io.genapi.gateway.cancel.AbandonedJobs;
import io.genapi.gateway.cancel.Attachments;
import io.genapi.gateway.cancel.CancelPublisher;
import io.genapi.gateway.job.JobStore;
import io.genapi.gateway.kafka.KafkaAttachments;
import io.genapi.gateway.reply.PendingReplies;
import io.genapi.gateway.stream.LiveStreams;
import io.genapi.runtime.control.ControlReader;
import io.genapi.runtime.kafka.KafkaSettings;
import io.genapi.runtime.kafka.ProvisionedTopics;
import io.genapi.runtime.service.Phased;
import io.genapi.runtime.service.ProcessIdentity;
import java.time.InstantSource;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.kafka.core.KafkaTemplate;

/** What becomes of the jobs of callers that go away, and of those that come back. */
@Configuration(proxyBeanMethods = false)
class AbandonmentConfiguration {

    /** Some 200 bytes each. */
    private static final int REMEMBERED_ATTACHMENTS = 10_000;

    @Bean
    Attachments attachments(
            KafkaTemplate<byte[], byte[]> jobProducer,
            ProvisionedTopics topics,
            ProcessIdentity identity,
            InstantSource clock) {
        KafkaAttachments others =
                new KafkaAttachments(jobProducer, topics.names().control(), identity.source());
        return new Attachments(others::tell, REMEMBERED_ATTACHMENTS, clock);
    }

    @Bean
    Phased attachmentReading(
            KafkaSettings kafka,
            ProvisionedTopics topics,
            GatewaySettings settings,
            Attachments attachments,
            InstantSource clock) {
        ControlReader reader = KafkaAttachments.reader(
                new KafkaConsumer<>(
                        kafka.consumerProperties("genapi-gateway-attachments"),
                        new ByteArrayDeserializer(),
                        new ByteArrayDeserializer()),
                topics.names().control(),
                settings.waitDeadline(),
                clock,
                attachments::heard);
        return new Phased(Phased.BEFORE_HTTP, reader::start, reader::close);
    }

    /** What has not come by the end of this process does not come. */
    @Bean(destroyMethod = "shutdownNow")
    ScheduledExecutorService comebackTimer() {
        return Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().name("gateway-comebacks").daemon().factory());
    }

    @Bean
    AbandonedJobs abandonedJobs(
            CancelPublisher publisher,
            JobStore store,
            Attachments attachments,
            PendingReplies pendingReplies,
            LiveStreams liveStreams,
            ScheduledExecutorService comebackTimer,
            GatewaySettings settings,
            InstantSource clock) {
        return new AbandonedJobs(
                publisher,
                store,
                id -> attachments.any(id) || pendingReplies.isExpected(id) || liveStreams.isFollowed(id),
                new AbandonedJobs.Rules(settings.cancelOnDisconnect(), settings.comebackGrace()),
                (delay, task) -> {
                    var _ = comebackTimer.schedule(
                            () -> Thread.startVirtualThread(task), delay.toNanos(), TimeUnit.NANOSECONDS);
                },
                clock);
    }
}
