package io.genapi.gateway.config;

import io.genapi.gateway.cancel.AbandonedJobs;
import io.genapi.gateway.cancel.Cancellations;
import io.genapi.gateway.http.NamedEndpoint;
import io.genapi.gateway.http.ResponseController;
import io.genapi.gateway.http.ResponseFollowing;
import io.genapi.gateway.http.StoredResponseController;
import io.genapi.gateway.http.Turnstile;
import io.genapi.gateway.http.WaitingRoom;
import io.genapi.gateway.job.JobLookup;
import io.genapi.gateway.job.Requests;
import io.genapi.gateway.kafka.KafkaCancelPublisher;
import io.genapi.gateway.responses.Conversation;
import io.genapi.gateway.responses.Deletions;
import io.genapi.gateway.responses.ResponseLookup;
import io.genapi.gateway.stream.Streams;
import io.genapi.gateway.submit.Submissions;
import io.genapi.runtime.kafka.KafkaSettings;
import java.time.InstantSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** OpenAI's Responses API. */
@Configuration(proxyBeanMethods = false)
class ResponseConfiguration {

    @Bean
    ResponseLookup responseLookup(JobLookup jobs, Requests requests) {
        return new ResponseLookup(jobs, requests);
    }

    @Bean
    Conversation conversation(ResponseLookup responses, GatewaySettings settings) {
        return new Conversation(responses, (int) settings.maxBodyBytes().toBytes());
    }

    @Bean
    ResponseFollowing responseFollowing(Streams streams, WaitingRoom waitingRoom) {
        return new ResponseFollowing(streams, waitingRoom);
    }

    @Bean
    ResponseController responseController(
            Submissions submissions,
            AbandonedJobs abandonedJobs,
            Turnstile turnstile,
            ResponseLookup responses,
            Conversation conversation,
            ResponseFollowing following,
            GatewaySettings settings,
            KafkaSettings kafka,
            NamedEndpoint endpoint,
            InstantSource clock) {
        return new ResponseController(
                submissions,
                abandonedJobs,
                turnstile,
                responses,
                conversation,
                following,
                (int) settings.maxBodyBytes().toBytes(),
                kafka.retention(),
                endpoint,
                clock);
    }

    @Bean
    StoredResponseController storedResponseController(
            ResponseLookup responses,
            ResponseFollowing following,
            Cancellations cancellations,
            JobLookup jobs,
            KafkaCancelPublisher publisher,
            GatewaySettings settings,
            InstantSource clock) {
        Deletions deletions =
                new Deletions(jobs, cancellations, publisher, settings.storePatience(), clock, Thread::sleep);
        return new StoredResponseController(responses, following, cancellations, deletions);
    }
}
