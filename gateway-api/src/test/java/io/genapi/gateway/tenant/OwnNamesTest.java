package io.genapi.gateway.tenant;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.genapi.runtime.tenant.Tenants;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OwnNamesTest {

    private final OwnNames names = OwnNames.of(List.of("127.0.0.1", "Box.example."));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1",
                "127.9.8.7",
                "[::1]",
                "::1",
                "[::ffff:127.0.0.1]",
                "localhost",
                "LocalHost.",
                "box.example"
            })
    void areThoseOfLoopbackAndTheConfiguredOnes(String name) {
        assertTrue(names.has(name));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "evil.example",
                "localhost.evil.example",
                "127.0.0.1.evil.example",
                "10.0.0.1",
                "0.0.0.0",
                "[::2]",
                "[",
                "[]"
            })
    void areNoOthers(String name) {
        assertFalse(names.has(name));
    }

    @Test
    void areAnyWhereItIsOpenOnPurpose() {
        assertTrue(OwnNames.ANY.has("broker.example"));
    }

    @Test
    void countOnlyWhereNobodyNeedsAKey() {
        Doorkeeper open = new Doorkeeper(() -> Tenants.NONE, names);
        assertEquals(new Entry.Open(), open.enter(Optional.empty(), Optional.of("localhost")));
        assertEquals(new Entry.Open(), open.enter(Optional.empty(), Optional.empty()));
        assertEquals(new Entry.Elsewhere("evil.example"), open.enter(Optional.of("k"), Optional.of("evil.example")));
    }
}
