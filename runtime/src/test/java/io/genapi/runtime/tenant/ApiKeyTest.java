package io.genapi.runtime.tenant;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.genapi.runtime.log.SecretMask;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ApiKeyTest {

    private final SplittableRandom random = new SplittableRandom(7);

    @Test
    void isMadeOf256BitsOfChance() {
        ApiKey key = ApiKey.mint(random);
        assertTrue(key.text().matches("sk-genapi-[0-9a-hj-km-np-z]{52}"), key.text());
        assertNotEquals(key, ApiKey.mint(random));
    }

    @Test
    void isMaskedInLogsAndShowsNothingOfItself() {
        ApiKey key = ApiKey.mint(random);
        assertEquals("a **** b", SecretMask.mask("a " + key.text() + " b"));
        assertFalse(key.toString().contains(key.text().substring(10)));
    }

    @Test
    void isKnownByItsHashAlone() {
        ApiKey key = ApiKey.mint(random);
        assertEquals(Optional.of(key.hash()), KeyHash.parse(key.hash().toHex().toUpperCase(java.util.Locale.ROOT)));
        assertEquals(
                "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
                KeyHash.of("test").toHex());
        assertEquals(Optional.empty(), KeyHash.parse("9f86"));
    }
}
