package io.genapi.schemas.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class WireNamesTest {

    @Test
    void lanesAreReadAsTheyAreWritten() {
        for (Lane lane : Lane.values()) {
            assertEquals(Optional.of(lane), Lane.fromWireName(lane.wireName()));
        }
        assertEquals(Optional.empty(), Lane.fromWireName("Priority"));
        assertEquals(Optional.empty(), Lane.fromWireName(""));
    }

    @Test
    void statusesAreReadAsTheyAreWritten() {
        for (JobStatus status : JobStatus.values()) {
            assertEquals(Optional.of(status), JobStatus.fromWireName(status.wireName()));
        }
        assertEquals(Optional.empty(), JobStatus.fromWireName("done"));
        assertEquals(
                4,
                Arrays.stream(JobStatus.values()).filter(JobStatus::isTerminal).count());
    }

    @Test
    void aRunIsEightHexDigits() {
        assertEquals("deadbeef", RunId.random(() -> 0xdeadbeef_00000000L).value());
        assertEquals("0000000a", RunId.random(() -> 0x0000000a_00000000L).toString());
        for (String other : List.of("", "deadbee", "deadbeef0", "DEADBEEF", "deadbeeg")) {
            assertThrows(IllegalArgumentException.class, () -> new RunId(other));
        }
        assertThrows(IllegalArgumentException.class, () -> new PublishedRun(new RunId("deadbeef"), 0));
    }

    @Test
    void aCorrelationIdIsItsBytesAndKeepsThem() {
        byte[] bytes = {(byte) 0xff, 0, 'x'};
        CorrelationId id = CorrelationId.of(bytes);
        bytes[2] = 'y';
        id.bytes()[2] = 'z';
        assertEquals(CorrelationId.of(new byte[] {(byte) 0xff, 0, 'x'}), id);
        assertEquals(CorrelationId.of(new byte[] {(byte) 0xff, 0, 'x'}).hashCode(), id.hashCode());
        assertNotEquals(CorrelationId.of("x"), id);
        assertEquals("\ufffd\0x", id.toString());
        assertEquals(
                CorrelationId.of("grüß"), CorrelationId.of("grüß".getBytes(java.nio.charset.StandardCharsets.UTF_8)));
    }
}
