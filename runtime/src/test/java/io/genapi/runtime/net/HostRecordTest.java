package io.genapi.runtime.net;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.genapi.runtime.net.HostRecord.Standing;
import org.junit.jupiter.api.Test;

class HostRecordTest {

    private static final String HOST = "hooks.example.com";

    private final HostRecord record = new HostRecord();

    private void assertIs(Standing standing) {
        assertEquals(standing, record.of(HOST));
    }

    @Test
    void trustsAHostFromItsFirstAnswerOn() {
        assertIs(Standing.NEW);
        record.answered(HOST);
        assertIs(Standing.PROMPT);
    }

    @Test
    void givesAHostThatWasPromptOneMoreChance() {
        record.answered(HOST);
        record.late(HOST);
        assertIs(Standing.NEW);
        record.late(HOST);
        assertIs(Standing.SUSPECT);
    }

    @Test
    void givesNoneToAHostThatNeverWas() {
        record.late(HOST);
        assertIs(Standing.SUSPECT);
    }

    @Test
    void trustsAHostThatWasLateAfterSeveralAnswers() {
        record.late(HOST);
        record.answered(HOST);
        assertIs(Standing.NEW);
        record.answered(HOST);
        assertIs(Standing.NEW);
        record.answered(HOST);
        assertIs(Standing.PROMPT);
        record.answered(HOST);
        record.late(HOST);
        assertIs(Standing.NEW);
        record.answered(HOST);
        record.answered(HOST);
        record.late(HOST);
        assertIs(Standing.SUSPECT);
    }
}
