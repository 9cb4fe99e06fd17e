package io.genapi.gateway.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PreferencesTest {

    @Test
    void readsWhatRfc7240Allows() {
        assertEquals(preferences(false, -1), Preferences.read(List.of()));
        assertEquals(preferences(true, -1), Preferences.read(List.of("respond-async")));
        assertEquals(preferences(true, 10), Preferences.read(List.of("Respond-Async, WAIT = 10")));
        assertEquals(preferences(true, 10), Preferences.read(List.of("respond-async; x=\"y\"", "wait=\"10\"; z")));
        assertEquals(preferences(false, 1), Preferences.read(List.of("wait=1, wait=2")));
    }

    @Test
    void ignoresWhatItDoesNotUnderstand() {
        assertEquals(preferences(false, -1), Preferences.read(List.of("wait=soon", ",,;=", "handling=lenient")));
        assertEquals(preferences(false, -1), Preferences.read(List.of("wait=-1")));
        assertEquals(preferences(false, 86_400), Preferences.read(List.of("wait=999999999")));
        assertEquals(preferences(false, -1), Preferences.read(List.of("wait=99999999999999999999")));
    }

    @Test
    void takesIdsOfVisibleAsciiOnly() {
        assertInstanceOf(GivenId.Usable.class, GivenId.read("X", "a-{b}~!", () -> "minted"));
        assertEquals(new GivenId.Usable("minted"), GivenId.read("X", null, () -> "minted"));
        assertEquals(new GivenId.Usable("minted"), GivenId.read("X", "", () -> "minted"));
        for (String bad : List.of("a b", "ü", "\u0007", "x".repeat(257))) {
            assertInstanceOf(GivenId.Invalid.class, GivenId.read("X", bad, () -> "minted"));
        }
    }

    private static Preferences preferences(boolean respondAsync, int seconds) {
        return new Preferences(respondAsync, seconds < 0 ? Optional.empty() : Optional.of(Duration.ofSeconds(seconds)));
    }
}
