package io.genapi.runtime.secret.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.genapi.runtime.log.SecretMask;
import io.genapi.runtime.secret.SecretLookup;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FileSecretsTest {

    private static final String VALUE = "no vendor's key looks like this";

    @TempDir
    private Path directory;

    private final SecureRandom random = new SecureRandom();
    private final SecretsKey key = SecretsKey.fresh(random);
    private SecretsFile file;

    @BeforeEach
    void write() {
        file = new SecretsFile(directory.resolve("config/secrets.enc"));
        SecretEntries entries = new SecretEntries();
        entries.put("openai", VALUE.toCharArray());
        file.write(entries, key, random);
    }

    @Test
    void findsASecretWhichTheLogNeverShowsFromThenOn() {
        SecretLookup.Found found = assertInstanceOf(
                SecretLookup.Found.class,
                secrets(Map.of("GENAPI_SECRETS_KEY", base64(key) + "\n")).look("openai"));
        assertEquals(VALUE, found.secret().reveal());
        assertEquals("it is ****", SecretMask.mask("it is " + VALUE));
        assertFalse(found.toString().contains(VALUE));
    }

    @Test
    void leavesNothingButTheEncryptedFileAndItsOwnersPermissions() throws IOException {
        Files.setPosixFilePermissions(file.path(), PosixFilePermissions.fromString("rw-r-----"));
        file.write(new SecretEntries(), key, random);
        try (Stream<Path> left = Files.list(directory.resolve("config"))) {
            assertEquals(List.of(file.path()), left.toList());
        }
        assertEquals("rw-r-----", PosixFilePermissions.toString(Files.getPosixFilePermissions(file.path())));
    }

    @Test
    void saysWhatIsMissingAndHowToMendIt() {
        assertRefused("There is no key: GENAPI_SECRETS_KEY is not set", Map.of(), "openai");
        assertRefused("holds no key: a key is 32 bytes in Base64", Map.of("GENAPI_SECRETS_KEY", "c2hvcnQ="), "openai");
        assertRefused(
                "was encrypted with another key: " + key.id() + ", not ",
                Map.of("GENAPI_SECRETS_KEY", base64(SecretsKey.fresh(random))),
                "openai");
        assertRefused("has no 'gemini'; it has: openai.", Map.of("GENAPI_SECRETS_KEY", base64(key)), "gemini");
    }

    @ParameterizedTest
    @ValueSource(strings = {"rw-r--r--", "rw--w----", "rw----r--", "rwx------", "r--r-----"})
    void refusesAKeyFileThatIsOpenToOthers(String permissions) throws IOException {
        Path keyFile = keyFile(permissions);
        SecretLookup.Refused refused =
                assertInstanceOf(SecretLookup.Refused.class, secrets(keyFile).look("openai"));
        assertTrue(refused.reason().contains(permissions + ". Run: chmod 600 " + keyFile), refused.reason());
    }

    @ParameterizedTest
    @ValueSource(strings = {"rw-------", "r--------"})
    void takesAKeyFileThatIsItsOwners(String permissions) throws IOException {
        assertInstanceOf(SecretLookup.Found.class, secrets(keyFile(permissions)).look("openai"));
    }

    private Path keyFile(String permissions) throws IOException {
        Path keyFile = Files.writeString(directory.resolve("key"), base64(key) + "\n");
        return Files.setPosixFilePermissions(keyFile, PosixFilePermissions.fromString(permissions));
    }

    private void assertRefused(String reason, Map<String, String> environment, String name) {
        SecretLookup.Refused refused = assertInstanceOf(
                SecretLookup.Refused.class, secrets(environment).look(name));
        assertTrue(refused.reason().contains(reason), refused.reason());
        environment.values().forEach(value -> assertFalse(refused.reason().contains(value)));
    }

    private FileSecrets secrets(Map<String, String> environment) {
        return new SecretsFileSettings(null, null).secrets(directory.resolve("config/genapi.yaml"), environment);
    }

    private FileSecrets secrets(Path keyFile) {
        return new SecretsFileSettings(file.path().toString(), keyFile.toString())
                .secrets(directory.resolve("genapi.yaml"), Map.of());
    }

    private static String base64(SecretsKey key) {
        return new String(key.toBase64());
    }
}
