package io.genapi.cli.secret;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.genapi.runtime.secret.file.SecretEntries;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlainSecretsTest {

    @Test
    void readsPropertiesAndFlatYaml() {
        SecretEntries entries = read("""
                ---
                # vendors
                openai=sk-one=with=signs
                  gemini : "AIza two"  \s

                anthropic: 'sk:three' # not a comment'
                last=x\
                """);
        TreeMap<String, String> seen = new TreeMap<>();
        entries.forEach((name, value) -> seen.put(name, new String(value)));
        assertEquals(
                "{anthropic=sk:three' # not a comment, gemini=AIza two, last=x, openai=sk-one=with=signs}",
                seen.toString());
    }

    @Test
    void readsWhatItWrote() {
        SecretEntries entries = new SecretEntries();
        entries.put("plain", "sk-1".toCharArray());
        entries.put("quoted", "'in quotes'".toCharArray());
        entries.put("half", "\"half".toCharArray());
        entries.put("wide", "schlüssel".toCharArray());
        assertTrue(PlainSecrets.read(PlainSecrets.write(entries)).isSame(entries));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    a=b;sk-lonely   | line 2 is not NAME=VALUE or NAME: VALUE
                    a=              | line 1 gives 'a' no value
                    a=''            | line 1 gives 'a' no value
                    a=b;#;a: c      | line 3 gives 'a' a second time
                    -a=sk-b         | line 1 does not begin with a name: 1 to 100 letters, digits, dots, underscores and hyphens, the first a letter or a digit
                    a b=sk-c        | line 1 does not begin with a name: 1 to 100 letters, digits, dots, underscores and hyphens, the first a letter or a digit
                    """)
    void namesTheLineOfAMistakeAndShowsNoValue(String text, String message) {
        InvalidSecretsException mistake =
                assertThrows(InvalidSecretsException.class, () -> read(text.replace(';', '\n')));
        assertEquals(message, mistake.getMessage());
        assertFalse(message.contains("sk-"));
    }

    @Test
    void refusesWhatNoHeaderCanCarry() {
        assertThrows(InvalidSecretsException.class, () -> read("a=b\u0007c"));
        assertThrows(InvalidSecretsException.class, () -> PlainSecrets.read(new byte[] {'a', '=', (byte) 0xff}));
    }

    private static SecretEntries read(String text) {
        return PlainSecrets.read(text.getBytes(UTF_8));
    }
}
