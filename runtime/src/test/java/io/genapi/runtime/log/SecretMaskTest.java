package io.genapi.runtime.log;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SecretMaskTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    Authorization: Bearer abc.def-123   | Authorization: Bearer ****
                    authorization=Basic dXNlcjpwdw==    | authorization=Basic ****
                    {"Authorization":"Bearer xyz"}      | {"Authorization":"Bearer ****"}
                    x-api-key: 0123456789               | x-api-key: ****
                    api_key=hunter2, next               | api_key=****, next
                    key sk-proj-abcdefgh12345 was used  | key **** was used
                    token hvs.CAESIabcdefgh             | token ****
                    """)
    void takesSecretsOut(String text, String masked) {
        assertEquals(masked, SecretMask.mask(text));
    }

    @Test
    void leavesOtherTextAlone() {
        String text = "POST /v1/chat/completions 200, task-4711 by the author in 12 ms";
        assertEquals(text, SecretMask.mask(text));
    }

    @Test
    void takesOutWhatTheProcessKnowsHoweverItLooks() {
        SecretMask.learn("wholly unlike a key/1".toCharArray());
        SecretMask.learn("wholly unlike a key/1-and-longer".toCharArray());
        assertEquals("'****' and ****", SecretMask.mask("'wholly unlike a key/1' and wholly unlike a key/1"));
        assertEquals("****", SecretMask.mask("wholly unlike a key/1-and-longer"));
        assertEquals("?key=****&x", SecretMask.mask("?key=wholly+unlike+a+key%2F1&x"));
        assertEquals("wholly unlike a key/", SecretMask.mask("wholly unlike a key/"));
    }

    @Test
    void takesNoShortWordForASecret() {
        SecretMask.learn("ollama".toCharArray());
        assertEquals("ollama answered", SecretMask.mask("ollama answered"));
    }

    @Test
    void forgetsOnlyTheOldestOfVeryManySecrets() {
        KnownSecrets known = KnownSecrets.NONE;
        for (int i = 0; i <= KnownSecrets.MOST; i++) {
            known = known.with("secret-%05d".formatted(i).toCharArray());
        }
        assertEquals("secret-00000 * *", known.mask("secret-00000 secret-00001 secret-01000", "*"));
    }
}
