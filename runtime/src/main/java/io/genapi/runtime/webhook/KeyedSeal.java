package io.genapi.runtime.webhook;

import io.genapi.runtime.secret.file.SealedBytes;
import io.genapi.runtime.secret.file.SecretsKey;
import io.genapi.schemas.webhook.EndpointId;
import io.genapi.schemas.webhook.KeptSecret;
import io.genapi.schemas.webhook.SecretSeal;
import io.genapi.schemas.webhook.SigningSecret;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Encrypts signing secrets: {@code v1:}, the key's id, and nonce, AES-256-GCM and tag in base64. Opens what was written
 * without a key, too. Thread-safe.
 */
final class KeyedSeal implements SecretSeal {

    private static final Pattern FORM = Pattern.compile("v1:([0-9a-f]{16}):([A-Za-z0-9+/]+={0,2})");

    private final List<SecretsKey> keys;
    private final SecureRandom random;

    /** @param keys the first seals, all of them open */
    KeyedSeal(List<SecretsKey> keys, SecureRandom random) {
        this.keys = List.copyOf(keys);
        this.random = random;
    }

    @Override
    public String seal(SigningSecret secret, EndpointId endpoint) {
        SecretsKey key = keys.getFirst();
        byte[] plain = secret.value().getBytes(StandardCharsets.US_ASCII);
        try {
            byte[] sealed = SealedBytes.seal(plain, context(key, endpoint), key, random);
            return "v1:" + key.id() + ":" + Base64.getEncoder().encodeToString(sealed);
        } finally {
            Arrays.fill(plain, (byte) 0);
        }
    }

    @Override
    public KeptSecret open(String text, EndpointId endpoint) {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            return SecretSeal.plain(text, "the signing secret is in a form that this version does not know; rotate it");
        }
        Optional<SecretsKey> key =
                keys.stream().filter(one -> one.id().equals(form.group(1))).findFirst();
        if (key.isEmpty()) {
            return new KeptSecret.Shut(
                    text,
                    "the signing secret was encrypted with key %s, and this process has %s; give it that key, or rotate the secret"
                            .formatted(form.group(1), names()));
        }
        return opened(form.group(2), endpoint, key.get())
                .map(KeptSecret::of)
                .orElseGet(() -> new KeptSecret.Shut(
                        text, "the signing secret is damaged, or was written for another endpoint; rotate it"));
    }

    private static Optional<SigningSecret> opened(String sealed, EndpointId endpoint, SecretsKey key) {
        try {
            return SealedBytes.open(Base64.getDecoder().decode(sealed), context(key, endpoint), key)
                    .map(plain -> new SigningSecret(new String(plain, StandardCharsets.US_ASCII)));
        } catch (IllegalArgumentException damaged) {
            return Optional.empty();
        }
    }

    private String names() {
        return keys.stream().map(SecretsKey::id).collect(Collectors.joining(" and "));
    }

    /** A secret moved to another endpoint's record, or called another key's, does not open. */
    private static String context(SecretsKey key, EndpointId endpoint) {
        return "genapi-webhook-secret v1 key:%s %s".formatted(key.id(), endpoint);
    }
}
