package io.genapi.runtime.secret.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class EnvelopeTest {

    private final SecureRandom random = new SecureRandom();
    private final SecretsKey key = SecretsKey.fresh(random);

    @Test
    void givesBackWhatWasPutInAndShowsNothingOfIt() {
        SecretEntries entries = entries("openai", "value-Ünïcode-🔑", "anthropic", "second value");
        String text = Envelope.seal(entries, key, random);
        assertFalse(text.contains("openai"), "names are not in the clear either");
        assertTrue(text.startsWith("genapi-secrets 1 key:" + key.id() + "\n"), text);
        Opened.Whole whole = assertInstanceOf(Opened.Whole.class, Envelope.open(text, key));
        assertTrue(whole.entries().isSame(entries));
        assertEquals(List.of("anthropic", "openai"), whole.entries().names());
    }

    /** Made by Python's cryptography from the format's description. */
    @Test
    void opensWhatAnotherImplementationWrote() {
        SecretsKey fixed = SecretsKey.parse(CharBuffer.wrap("AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8="))
                .orElseThrow();
        String written = """
                genapi-secrets 1 key:d97e884c689d8c53
                AAECAwQFBgcICQoLRwLWGsXlwh3iMfLl0IB4bYPc9F/dHTYETBKX4HnX3iU3bcCDQ46HhTK6k2g=
                sha256:1c7e557e8ed4ee28834dc5cf61be2d7f59802984f2b50a9d8ffa2a1218d72f48
                """;
        Opened.Whole whole = assertInstanceOf(Opened.Whole.class, Envelope.open(written, fixed));
        assertTrue(whole.entries().isSame(entries("openai", "sk-fixture")));
    }

    @Test
    void isNeverTheSameTwice() {
        SecretEntries entries = entries("a", "b");
        assertNotEquals(Envelope.seal(entries, key, random), Envelope.seal(entries, key, random));
    }

    @Test
    void survivesTheLineEndsOfOtherSystems() {
        String text = Envelope.seal(entries("a", "b"), key, random).replace("\n", "\r\n");
        assertInstanceOf(Opened.Whole.class, Envelope.open(text, key));
    }

    @Test
    void tellsAnotherKeyFromDamage() {
        SecretsKey other = SecretsKey.fresh(random);
        String text = Envelope.seal(entries("a", "b"), key, random);
        assertEquals(new Opened.WrongKey(key.id(), other.id()), Envelope.open(text, other));
        for (int at = 0; at < text.length() - 1; at++) {
            char changed = text.charAt(at) == 'A' ? 'B' : 'A';
            String damaged = text.substring(0, at) + changed + text.substring(at + 1);
            assertFalse(Envelope.open(damaged, key) instanceof Opened.Whole, "changed at " + at);
            assertFalse(Envelope.open(damaged, key) instanceof Opened.WrongKey, "changed at " + at);
        }
        for (int length = 0; length < text.length() - 1; length++) {
            assertInstanceOf(Opened.Damaged.class, Envelope.open(text.substring(0, length), key));
        }
    }

    @Test
    void tellsAForgeryWhoseChecksumFits() throws Exception {
        String text = Envelope.seal(entries("a", "one", "b", "two"), key, random);
        assertInstanceOf(Opened.Whole.class, Envelope.open(withBody(text, body -> body), key));
        assertInstanceOf(Opened.Forged.class, Envelope.open(withBody(text, EnvelopeTest::flippedAtTheEnd), key));
        String others = Envelope.seal(entries("a", "two", "b", "one"), SecretsKey.fresh(random), random);
        String relabelled =
                withBody(text.lines().findFirst().orElseThrow() + others.substring(others.indexOf('\n')), b -> b);
        assertInstanceOf(Opened.Forged.class, Envelope.open(relabelled, key));
    }

    @Test
    void doesNotGuessAtAFormatThatItDoesNotKnow() {
        String text = Envelope.seal(entries("a", "b"), key, random).replace("genapi-secrets 1", "genapi-secrets 2");
        assertEquals(new Opened.UnknownFormat("2"), Envelope.open(text, key));
    }

    private static byte[] flippedAtTheEnd(byte[] body) {
        body[body.length - 1] ^= 1;
        return body;
    }

    /** With another body, and a checksum that fits it: what somebody without the key can do. */
    private static String withBody(String text, UnaryOperator<byte[]> change) throws Exception {
        List<String> lines = text.lines().toList();
        byte[] body = change.apply(Base64.getDecoder().decode(String.join("", lines.subList(1, lines.size() - 1))));
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        digest.update(lines.getFirst().getBytes(StandardCharsets.US_ASCII));
        return "%s\n%s\nsha256:%s\n"
                .formatted(
                        lines.getFirst(),
                        Base64.getEncoder().encodeToString(body),
                        HexFormat.of().formatHex(digest.digest(body)));
    }

    private static SecretEntries entries(String... namesAndValues) {
        SecretEntries entries = new SecretEntries();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            entries.put(namesAndValues[i], namesAndValues[i + 1].toCharArray());
        }
        return entries;
    }
}
