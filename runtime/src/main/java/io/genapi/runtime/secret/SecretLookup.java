package io.genapi.runtime.secret;

/** What came of looking for a secret. */
public sealed interface SecretLookup {

    record Found(Secret secret) implements SecretLookup {}

    /** It is not there, which may be meant so: whoever asked goes on without. */
    record Absent() implements SecretLookup {}

    /**
     * It should have been there, or the place could not be looked at.
     *
     * @param reason in sentences, the remedy among them
     */
    record Refused(String reason) implements SecretLookup {}

    /** What was given leads nowhere; it may be a secret itself, and is not to be shown. */
    record NoReference() implements SecretLookup {}
}
