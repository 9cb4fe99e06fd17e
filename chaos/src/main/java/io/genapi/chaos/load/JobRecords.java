package io.genapi.chaos.load;

import io.genapi.chaos.http.Api;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Requests as a Kafka client that knows the contract writes them. */
public final class JobRecords {

    private static final String TOPICS = "genapi.requests.";

    /** Where jobs of the ordinary class of service go. */
    public static final String REQUESTS = TOPICS + "default";

    private JobRecords() {}

    /** A chat whose question and correlation id are the job's name. */
    public static ProducerRecord<byte[], byte[]> request(int partition, String name, String model) {
        return request("default", partition, name, model);
    }

    /** The same in another class of service. */
    public static ProducerRecord<byte[], byte[]> request(String lane, int partition, String name, String model) {
        byte[] id = name.getBytes(StandardCharsets.UTF_8);
        ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(
                TOPICS + lane, partition, null, Api.chatBody(model, name).getBytes(StandardCharsets.UTF_8));
        record.headers().add("correlation-id", id).add("request-id", id);
        return record;
    }
}
