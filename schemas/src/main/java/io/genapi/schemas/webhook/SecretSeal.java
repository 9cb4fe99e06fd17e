package io.genapi.schemas.webhook;

/** How signing secrets are written to Kafka. Thread-safe. */
public interface SecretSeal {

    /** Writes them as they are, and opens only what was written so. */
    SecretSeal NONE = new SecretSeal() {
        @Override
        public String seal(SigningSecret secret, EndpointId endpoint) {
            return secret.value();
        }

        @Override
        public KeptSecret open(String text, EndpointId endpoint) {
            return SecretSeal.plain(
                    text,
                    "the signing secret is encrypted, and this process has no key for it; give it the key that the gateways have");
        }
    };

    /** The text that stands for the secret of this endpoint, and of no other. */
    String seal(SigningSecret secret, EndpointId endpoint);

    KeptSecret open(String text, EndpointId endpoint);

    /** The secret that a text is itself. */
    static KeptSecret plain(String text, String problem) {
        try {
            return new KeptSecret.Open(new SigningSecret(text));
        } catch (IllegalArgumentException noSecret) {
            return new KeptSecret.Shut(text, problem);
        }
    }
}
