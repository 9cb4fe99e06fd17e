package io.genapi.runtime.webhook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.genapi.runtime.secret.file.SecretsFileException;
import io.genapi.runtime.secret.file.SecretsKey;
import io.genapi.schemas.webhook.EndpointId;
import io.genapi.schemas.webhook.KeptSecret;
import io.genapi.schemas.webhook.SecretSeal;
import io.genapi.schemas.webhook.SigningSecret;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class KeyedSealTest {

    private static final EndpointSecretSettings SETTINGS = new EndpointSecretSettings(null, null);

    private final SecureRandom random = new SecureRandom();
    private final SecretsKey key = SecretsKey.fresh(random);
    private final SecretsKey other = SecretsKey.fresh(random);
    private final SecretSeal seal = new KeyedSeal(List.of(key), random);
    private final EndpointId endpoint = EndpointId.mint(new Random(1));
    private final SigningSecret secret = SigningSecret.mint(new Random(2));

    @Test
    void opensWhatItSealedAndShowsNothingOfIt() {
        String text = seal.seal(secret, endpoint);

        assertTrue(text.startsWith("v1:" + key.id() + ":"), text);
        assertFalse(text.contains("whsec"), text);
        assertEquals(KeptSecret.of(secret), seal.open(text, endpoint));
        assertNotEquals(text, seal.seal(secret, endpoint));
    }

    @Test
    void opensForNoOtherEndpoint() {
        KeptSecret opened = seal.open(seal.seal(secret, endpoint), EndpointId.mint(new Random(3)));

        assertTrue(assertInstanceOf(KeptSecret.Shut.class, opened).problem().contains("another endpoint"));
    }

    @Test
    void namesTheKeyThatIsMissing() {
        String text = seal.seal(secret, endpoint);

        KeptSecret.Shut shut =
                assertInstanceOf(KeptSecret.Shut.class, new KeyedSeal(List.of(other), random).open(text, endpoint));
        assertEquals(text, shut.sealed());
        assertTrue(shut.problem().contains(key.id()) && shut.problem().contains(other.id()), shut::problem);
        assertInstanceOf(KeptSecret.Shut.class, SecretSeal.NONE.open(text, endpoint));
    }

    @Test
    void opensWithAFormerKeyAndWhatWasNotEncryptedYet() {
        SecretSeal rotated = new KeyedSeal(List.of(other, key), random);

        assertEquals(KeptSecret.of(secret), rotated.open(seal.seal(secret, endpoint), endpoint));
        assertTrue(rotated.seal(secret, endpoint).contains(other.id()));
        assertEquals(KeptSecret.of(secret), rotated.open(SecretSeal.NONE.seal(secret, endpoint), endpoint));
    }

    @Test
    void opensNothingThatWasChanged() {
        String text = seal.seal(secret, endpoint);
        for (int at = 0; at < text.length(); at++) {
            char changed = text.charAt(at) == 'A' ? 'B' : 'A';
            String damaged = text.substring(0, at) + changed + text.substring(at + 1);
            assertInstanceOf(KeptSecret.Shut.class, seal.open(damaged, endpoint), "changed at " + at);
        }
        for (String rubbish : List.of("", "v1:", "v1:" + key.id() + ":AAAA", "whsec_AAAA", "v2:x:y")) {
            assertInstanceOf(KeptSecret.Shut.class, seal.open(rubbish, endpoint), rubbish);
        }
    }

    @Test
    void isMadeOfTheKeysThatTheEnvironmentHas() {
        String given = new String(key.toBase64());
        String former = new String(other.toBase64());

        assertSame(SecretSeal.NONE, SETTINGS.seal(Map.of(), random));
        SecretSeal both =
                SETTINGS.seal(Map.of("GENAPI_WEBHOOK_KEY", given, "GENAPI_WEBHOOK_FORMER_KEY", former), random);
        assertEquals(KeptSecret.of(secret), both.open(seal.seal(secret, endpoint), endpoint));
        assertEquals(
                KeptSecret.of(secret),
                both.open(new KeyedSeal(List.of(other), random).seal(secret, endpoint), endpoint));
        SecretsFileException noKey = assertThrows(
                SecretsFileException.class, () -> SETTINGS.seal(Map.of("GENAPI_WEBHOOK_KEY", "short"), random));
        assertTrue(noKey.toString().contains("GENAPI_WEBHOOK_KEY"), noKey::toString);
    }
}
