package io.genapi.schemas.kafka;

import static io.genapi.schemas.kafka.Samples.CLAIM;
import static io.genapi.schemas.kafka.Samples.consumed;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.genapi.schemas.chat.BodyStub;
import io.genapi.schemas.chat.ChatRequestReader;
import io.genapi.schemas.chat.ChatRequestReading;
import io.genapi.schemas.job.BodyDigest;
import io.genapi.schemas.job.ClaimCheck;
import io.genapi.schemas.job.JobRequest;
import io.genapi.schemas.job.Lane;
import io.genapi.schemas.job.ModelName;
import io.genapi.schemas.job.Parking;
import io.genapi.schemas.job.VendorName;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Requests whose bodies lie elsewhere. */
class ClaimedRequestsTest {

    private static final BodyStub STUB = new BodyStub(new ModelName("gpt-4o-mini"), true);

    private final RequestRecords records = new RequestRecords(TopicNames.STANDARD);

    @Test
    void isReadAsItWasWritten() {
        JobRequest request = Samples.claimedRequest(Lane.FLEX);

        JobRequest read = accepted(consumed(written(request)));

        assertEquals(CLAIM.key(), read.claim().orElseThrow().key());
        assertEquals(CLAIM.digest(), read.claim().orElseThrow().digest());
        assertEquals(request, read);
        assertEquals(Optional.of(STUB), BodyStub.read(read.body()));
    }

    @Test
    void hasTheDigestOfTheSameRequestWithItsBodyInIt() {
        JobRequest inline = Samples.fullRequest(Lane.FLEX, Samples.SPRING);
        JobRequest claimed = Samples.claimedRequest(Lane.FLEX);

        assertEquals(inline.digest(), claimed.digest());
        assertEquals(inline.digest(), RequestRecords.digestOf(consumed(written(inline))));
        assertEquals(inline.digest(), RequestRecords.digestOf(consumed(written(claimed))));
        assertNotEquals(BodyDigest.of(Samples.REQUEST_BODY), inline.digest());
    }

    @Test
    void isTheRequestAgainWhenItsBodyIsOpened() {
        JobRequest opened = Samples.claimedRequest(Lane.FLEX).opened(Samples.REQUEST_BODY);

        assertEquals(Samples.fullRequest(Lane.FLEX, Samples.SPRING), opened);
    }

    @Test
    void tellsHowManyBytesItHasElsewhere() {
        assertEquals(
                CLAIM.length(), RequestRecords.bytesElsewhere(consumed(written(Samples.claimedRequest(Lane.FLEX)))));
        assertEquals(0, RequestRecords.bytesElsewhere(consumed(written(Samples.bareRequest()))));
    }

    @Test
    void isParkedAsItIs() {
        ConsumerRecord<byte[], byte[]> record = consumed(written(Samples.claimedRequest(Lane.FLEX)));
        JobRequest job = accepted(record);

        ConsumerRecord<byte[], byte[]> parked = consumed(ParkedRecords.write(
                record,
                job,
                Samples.NOW,
                new Parking(1, 0, 0, Duration.ZERO, Optional.empty()),
                TopicNames.STANDARD.parked(new VendorName("openai"))));

        assertEquals(job, accepted(parked));
        assertArrayEquals(record.value(), parked.value());
        assertEquals(List.of(), SchemaCheck.problems(parked));
    }

    @Test
    void isNoRequestToWhoKnowsNothingOfClaims() {
        ChatRequestReading reading = ChatRequestReader.read(STUB.toJson());

        assertInstanceOf(ChatRequestReading.Invalid.class, reading);
    }

    @ParameterizedTest
    @CsvSource({
        "claim-check,019c142c5e00-00000000000000010000000000000002", // a file's
        "claim-check,../../etc/passwd",
        "claim-check-place,''",
        "claim-check-place,here",
        "claim-check-length,''",
        "claim-check-length,0",
        "claim-check-length,-1",
        "claim-check-length,12582913",
        "claim-check-length,99999999999999999999",
        "claim-check-sha256,''",
        "claim-check-sha256,00",
        "claim-check-asked-sha256,00",
    })
    void isRefusedWithAWrongHeader(String name, String value) {
        ProducerRecord<byte[], byte[]> record = written(Samples.claimedRequest(Lane.FLEX));
        record.headers().remove(name).add(name, value.getBytes(UTF_8));

        RequestReading.Invalid invalid = assertInstanceOf(RequestReading.Invalid.class, records.read(consumed(record)));

        assertEquals(Optional.of(name), invalid.error().param());
        assertEquals(Optional.empty(), invalid.request().claim());
        assertEquals(0, RequestRecords.bytesElsewhere(consumed(record)));
    }

    /** Who may write there is a tenant, and has no claim to anything. */
    @Test
    void doesNotComeByAnyOtherTopic() {
        ProducerRecord<byte[], byte[]> record = written(Samples.claimedRequest(Lane.FLEX));

        RequestReading reading =
                records.read(consumed("genapi.submit.acme", record.key(), record.value(), record.headers()));

        assertInstanceOf(RequestReading.Unreadable.class, reading);
    }

    @Test
    void aClaimIsToABodyOfTheBrokersAlone() {
        assertTrue(ClaimCheck.isKey(CLAIM.key()));
        assertTrue(List.of("019c142c5e00-00000000000000010000000000000002", "claim-", "claim-../x", "").stream()
                .noneMatch(ClaimCheck::isKey));
    }

    private ProducerRecord<byte[], byte[]> written(JobRequest request) {
        return records.write(request, "/test", 24);
    }

    private JobRequest accepted(ConsumerRecord<byte[], byte[]> record) {
        return assertInstanceOf(RequestReading.Accepted.class, records.read(record))
                .request();
    }
}
