package io.genapi.runtime.webhook;

import io.genapi.runtime.secret.file.KeyPlace;
import io.genapi.runtime.secret.file.SecretsKey;
import io.genapi.schemas.webhook.SecretSeal;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * What signing secrets are encrypted with in Kafka: {@code genapi.webhook.secrets.*}. Without a key they lie there as they
 * are, for whoever may read {@code genapi.webhook-endpoints}.
 *
 * @param keyFile that holds the key and is only its owner's; by default the key is {@code GENAPI_WEBHOOK_KEY} in the
 *     environment, and without that there is none
 * @param formerKeyFile that holds the key before that one, or {@code GENAPI_WEBHOOK_FORMER_KEY}, which still opens
 */
@ConfigurationProperties("genapi.webhook.secrets")
public record EndpointSecretSettings(
        @Nullable String keyFile, @Nullable String formerKeyFile) {

    static final String VARIABLE = "GENAPI_WEBHOOK_KEY";
    static final String FORMER_VARIABLE = "GENAPI_WEBHOOK_FORMER_KEY";

    /** @throws io.genapi.runtime.secret.file.SecretsFileException if a key is given that is none, or open to others */
    public SecretSeal seal(Map<String, String> environment, SecureRandom random) {
        List<SecretsKey> keys = new ArrayList<>();
        key(keyFile, "genapi.webhook.secrets.key-file", VARIABLE, environment).ifPresent(keys::add);
        key(formerKeyFile, "genapi.webhook.secrets.former-key-file", FORMER_VARIABLE, environment)
                .ifPresent(keys::add);
        return keys.isEmpty() ? SecretSeal.NONE : new KeyedSeal(keys, random);
    }

    private static Optional<SecretsKey> key(
            @Nullable String file, String setting, String variable, Map<String, String> environment) {
        if (file == null && environment.getOrDefault(variable, "").isBlank()) {
            return Optional.empty();
        }
        return Optional.of(
                new KeyPlace(Optional.ofNullable(file).map(Path::of), setting, variable, environment).read());
    }
}
