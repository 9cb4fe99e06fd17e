package io.genapi.schemas.webhook;

/** A signing secret as a process has it that read its endpoint from Kafka, where secrets may be encrypted. */
public sealed interface KeptSecret {

    /** One that can be signed with. */
    record Open(SigningSecret secret) implements KeptSecret {}

    /**
     * One that this process cannot open; it is written back as it was.
     *
     * @param sealed as it lies in Kafka
     * @param problem why not, and what to do, in a sentence
     */
    record Shut(String sealed, String problem) implements KeptSecret {}

    static KeptSecret of(SigningSecret secret) {
        return new Open(secret);
    }

    /** Enough of it to be told from others, as far as that is known here. */
    default String hint() {
        return switch (this) {
            case Open(SigningSecret secret) -> secret.hint();
            case Shut _ -> "whsec_…";
        };
    }
}
