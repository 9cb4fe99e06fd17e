package io.genapi.store.sending;

import io.genapi.schemas.webhook.EventId;
import io.genapi.schemas.webhook.SigningSecret;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The headers by which a receiver can tell whose message it is, by each of the secrets that it may know. Pure.
 *
 * @see <a href="https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md">Standard Webhooks</a>
 */
public final class StandardWebhookSigner {

    private static final String ALGORITHM = "HmacSHA256";

    private StandardWebhookSigner() {}

    /**
     * @param at when it is sent, which receivers compare with their own clocks
     * @param secrets at least one
     */
    public static Map<String, String> headers(EventId id, Instant at, byte[] body, List<SigningSecret> secrets) {
        String timestamp = Long.toString(at.getEpochSecond());
        byte[] before = (id + "." + timestamp + ".").getBytes(StandardCharsets.UTF_8);
        return Map.of(
                "webhook-id",
                id.value(),
                "webhook-timestamp",
                timestamp,
                "webhook-signature",
                secrets.stream()
                        .map(secret -> "v1," + signature(secret, before, body))
                        .collect(Collectors.joining(" ")));
    }

    private static String signature(SigningSecret secret, byte[] before, byte[] body) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(secret.bytes(), ALGORITHM));
            mac.update(before);
            return Base64.getEncoder().encodeToString(mac.doFinal(body));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("each JDK has " + ALGORITHM, impossible);
        }
    }
}
