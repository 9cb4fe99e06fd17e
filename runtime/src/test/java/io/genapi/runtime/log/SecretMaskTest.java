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
}
