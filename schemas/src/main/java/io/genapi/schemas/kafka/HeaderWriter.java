package io.genapi.schemas.kafka;

import io.genapi.schemas.job.Correlation;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;

/** Collects one record's headers, CloudEvents' own first. */
final class HeaderWriter {

    private final Headers headers = new RecordHeaders();

    /** @see <a href="https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/bindings/kafka-protocol-binding.md">
     *     the Kafka protocol binding of CloudEvents 1.0</a> */
    HeaderWriter(String type, String source, String id, Instant time) {
        text(HeaderNames.CE_SPECVERSION, "1.0");
        text(HeaderNames.CE_ID, id);
        text(HeaderNames.CE_TYPE, type);
        text(HeaderNames.CE_SOURCE, source);
        text(HeaderNames.CE_TIME, time.toString());
        text(HeaderNames.CONTENT_TYPE, "application/json");
    }

    HeaderWriter text(String name, Object value) {
        headers.add(name, value.toString().getBytes(StandardCharsets.UTF_8));
        return this;
    }

    HeaderWriter text(String name, Optional<?> value) {
        value.ifPresent(present -> text(name, present));
        return this;
    }

    HeaderWriter correlation(Correlation correlation) {
        byte[] id = correlation.id().bytes();
        headers.add(HeaderNames.CORRELATION_ID, id);
        correlation.aliasHeader().ifPresent(alias -> headers.add(alias, id));
        return this;
    }

    Headers headers() {
        return headers;
    }
}
