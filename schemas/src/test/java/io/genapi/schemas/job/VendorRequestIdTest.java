package io.genapi.schemas.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VendorRequestIdTest {

    @Test
    void isWhatAVendorCallsACall() {
        assertEquals(
                "req_018EeWyXxfu5pfWkrYcMdjWG",
                VendorRequestId.in(" req_018EeWyXxfu5pfWkrYcMdjWG ")
                        .orElseThrow()
                        .toString());
        assertEquals(
                256, VendorRequestId.in("x".repeat(256)).orElseThrow().value().length());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "two words", "line\nbreak", "a\u001b[31m", "ümlaut"})
    void isNothingThatAHeaderOrALogCouldNotCarry(String text) {
        assertEquals(Optional.empty(), VendorRequestId.in(text));
        assertThrows(IllegalArgumentException.class, () -> new VendorRequestId(text));
    }

    @Test
    void isNotWithoutBounds() {
        assertEquals(Optional.empty(), VendorRequestId.in("x".repeat(257)));
    }
}
