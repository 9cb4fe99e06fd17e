package io.genapi.gateway.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.genapi.schemas.job.JobStatus;
import io.genapi.schemas.job.VendorName;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class JobDocumentTest {

    @Test
    void takesTheResultByteForByte() {
        String result = "{ \"id\" : \"é€😀\", \"status\":\"inner\",\n \"n\":1.0 }";
        JobDocument document = read(
                "{\"id\":\"ü\",\"status\":\"succeeded\",\"vendor\":\"v\",\"attempts\":2,\"http_status\":200,\"usage\":{\"status\":\"x\"},\"result\":"
                        + result + ",\"z\":[{}]}");

        assertEquals(JobStatus.SUCCEEDED, document.status());
        assertEquals(Optional.of(new VendorName("v")), document.vendor());
        assertEquals(2, document.attempts());
        assertEquals(Optional.of(200), document.httpStatus());
        assertEquals(result, new String(document.result().orElseThrow(), StandardCharsets.UTF_8));
    }

    @Test
    void readsAJobThatHasNotEnded() {
        JobDocument document = read("{\"status\":\"queued\",\"vendor\":null,\"http_status\":null}");

        assertEquals(JobStatus.QUEUED, document.status());
        assertTrue(document.result().isEmpty());
        assertTrue(document.httpStatus().isEmpty());
    }

    @Test
    void refusesWhatIsNoJobDocument() {
        for (String text : new String[] {"", "[]", "{}", "{\"status\":\"what\"}", "{\"status\":\"queued\""}) {
            assertTrue(JobDocument.read(text.getBytes(StandardCharsets.UTF_8)).isEmpty(), text);
        }
    }

    private static JobDocument read(String text) {
        return JobDocument.read(text.getBytes(StandardCharsets.UTF_8)).orElseThrow();
    }
}
