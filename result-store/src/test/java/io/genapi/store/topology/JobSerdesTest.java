package io.genapi.store.topology;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.genapi.store.job.Facts;
import io.genapi.store.job.JobFact;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.kafka.common.serialization.Serde;
import org.junit.jupiter.api.Test;

class JobSerdesTest {

    private static final Serde<JobFact.Requested> REQUESTED = JobSerdes.requested();

    @Test
    void readsWhatItWrites() {
        assertEquals(Facts.requested(), read(written()));
    }

    @Test
    void readsWhatAVersionWroteThatKnewNeitherWaitingNorApis() {
        String former = written().replace("\"awaited\":true,", "").replace("\"api\":\"RESPONSES\",", "");
        assertFalse(former.contains("awaited") || former.contains("api\":"), former);

        JobFact.Requested read = read(former);

        assertFalse(read.awaited());
        assertEquals(Optional.empty(), read.api());
        assertEquals(Facts.requested().webhookEndpoint(), read.webhookEndpoint());
        assertTrue(read.place().isPresent());
    }

    private static String written() {
        return new String(REQUESTED.serializer().serialize("t", Facts.requested()), StandardCharsets.UTF_8);
    }

    private static JobFact.Requested read(String json) {
        return REQUESTED.deserializer().deserialize("t", json.getBytes(StandardCharsets.UTF_8));
    }
}
