package io.genapi.schemas.kafka;

import static io.genapi.schemas.kafka.Samples.consumed;
import static io.genapi.schemas.kafka.Samples.headers;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.genapi.schemas.job.JobRequest;
import io.genapi.schemas.job.Lane;
import io.genapi.schemas.job.Parking;
import io.genapi.schemas.job.VendorName;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;

class ParkedRecordsTest {

    private static final TopicNames NAMES = TopicNames.STANDARD;
    private static final String PARKED = NAMES.parked(new VendorName("openai"));
    private static final RequestRecords REQUESTS = new RequestRecords(NAMES);
    private static final Instant DEADLINE = Instant.parse("2026-02-01T12:00:00Z");
    private static final Parking PARKING =
            new Parking(2, 7, 3, Duration.ofMillis(1780), Optional.of(Instant.parse("2026-01-31T12:00:00.120Z")));

    @Test
    void aRequestThatHadNothingButAValueIsTheSameJobWhenItIsReadAgain() {
        ConsumerRecord<byte[], byte[]> bare = consumed("genapi.requests.flex", null, Samples.REQUEST_BODY, headers());
        JobRequest job = accepted(bare);
        ConsumerRecord<byte[], byte[]> parked = park(bare, job, PARKING);
        JobRequest again = accepted(parked);
        assertEquals(job.id(), again.id());
        assertEquals(Lane.FLEX, again.lane());
        assertEquals(job.correlation(), again.correlation());
        assertEquals(job.requestId(), again.requestId());
        assertEquals(job.submittedAt(), again.submittedAt());
        assertEquals(Optional.of(DEADLINE), again.deadline());
        assertArrayEquals(bare.value(), parked.value());
        assertEquals(Optional.of(PARKING), ParkedRecords.parking(parked));
        assertEquals(List.of(), SchemaCheck.problems(parked));
    }

    @Test
    void everyHeaderIsKeptAlsoUnknownOnesButThoseOfAnEarlierParking() {
        ConsumerRecord<byte[], byte[]> record = consumed(
                "genapi.requests.default",
                null,
                Samples.REQUEST_BODY,
                headers("theirs", "1", "theirs", "2", "deadline", "2026-01-31T13:00:00Z", "park-number", "99"));
        ConsumerRecord<byte[], byte[]> first = park(record, accepted(record), PARKING);
        Parking untried = new Parking(3, 0, 0, Duration.ZERO, Optional.empty());
        ConsumerRecord<byte[], byte[]> second = park(first, accepted(first), untried);
        assertEquals(2, count(second, "theirs"));
        assertEquals(1, count(second, "park-number"));
        assertEquals(Optional.of(untried), ParkedRecords.parking(second));
        assertEquals(
                Optional.of(Instant.parse("2026-01-31T13:00:00Z")),
                accepted(second).deadline());
        assertEquals(Lane.DEFAULT, accepted(second).lane());
    }

    @Test
    void aParkedRecordThatDoesNotSayWhichLaneItCameFromIsNoJob() {
        assertInstanceOf(
                RequestReading.Unreadable.class,
                REQUESTS.read(consumed(PARKED, Samples.ID.bytes(), Samples.REQUEST_BODY, headers())));
    }

    @Test
    void aNumberThatIsNoneMakesNoParkedJob() {
        assertEquals(
                Optional.empty(),
                ParkedRecords.parking(
                        consumed(PARKED, Samples.ID.bytes(), Samples.REQUEST_BODY, headers("park-number", "two"))));
    }

    @Test
    void theNameOfAParkedTopicTellsItsVendor() {
        assertEquals(Optional.of(new VendorName("openai")), NAMES.parkedVendorOf(PARKED));
        assertEquals(Optional.empty(), NAMES.parkedVendorOf("genapi.parked."));
        assertEquals(Optional.empty(), NAMES.parkedVendorOf(NAMES.results()));
    }

    private static ConsumerRecord<byte[], byte[]> park(
            ConsumerRecord<byte[], byte[]> record, JobRequest job, Parking parking) {
        ProducerRecord<byte[], byte[]> written = ParkedRecords.write(record, job, DEADLINE, parking, PARKED);
        assertArrayEquals(job.id().bytes(), written.key());
        return consumed(written);
    }

    private static JobRequest accepted(ConsumerRecord<byte[], byte[]> record) {
        return assertInstanceOf(RequestReading.Accepted.class, REQUESTS.read(record))
                .request();
    }

    private static int count(ConsumerRecord<?, ?> record, String header) {
        int count = 0;
        for (var _ : record.headers().headers(header)) {
            count++;
        }
        return count;
    }
}
