package io.genapi.runtime.secret.vault;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.genapi.runtime.secret.SecretLookup;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Against a double of Vault's documented API: these tests have not seen a real Vault. */
class VaultSecretsTest {

    private static final String REFERENCE = "kv/genapi/openai#api-key";
    private static final Map<String, String> SECRET_ID = Map.of("GENAPI_VAULT_SECRET_ID", FakeVault.SECRET_ID);

    private record Due(Instant at, Runnable task) {}

    @TempDir
    private Path directory;

    private final Deque<Due> alarms = new ArrayDeque<>();
    private Instant now = Instant.parse("2026-03-01T00:00:00Z");
    private FakeVault vault;

    @BeforeEach
    void start() throws IOException {
        vault = new FakeVault(() -> now);
        vault.write("kv/data/genapi/openai", "{\"api-key\":\"value in vault\",\"number\":7}");
    }

    @AfterEach
    void stop() {
        vault.close();
    }

    @Test
    void readsAFieldAsAnApplicationAndGivesItsTokenBack() {
        VaultSecrets secrets = role(SECRET_ID);
        assertFound("value in vault", secrets.look(REFERENCE));
        vault.write("kv/data/genapi/openai", "{\"api-key\":\"newer value\"}");
        assertFound("newer value", secrets.look(REFERENCE));
        assertEquals(1, vault.logins());
        secrets.close();
        assertEquals("POST /v1/auth/token/revoke-self", vault.requests().getLast());
    }

    @Test
    void readsTheSecretIdAnewFromItsFile() throws IOException {
        Path file = Files.writeString(directory.resolve("secret-id"), "stale");
        VaultSecrets secrets = secrets(settings(FakeVault.ROLE_ID, file.toString(), null), Map.of());
        assertRefused("Vault does not let the role of genapi.vault.role-id in: invalid role or secret ID", secrets);
        Files.writeString(file, FakeVault.SECRET_ID + "\n");
        assertFound("value in vault", secrets.look(REFERENCE));
    }

    @Test
    void renewsTheTokenBeforeItsLeaseEndsAsLongAsThatHelps() {
        vault.lease(Duration.ofMinutes(60), Duration.ofMinutes(150), true);
        VaultSecrets secrets = role(SECRET_ID);
        assertFound("value in vault", secrets.look(REFERENCE));
        for (int i = 0; i < 12; i++) {
            ring();
            assertFound("value in vault", secrets.look(REFERENCE));
        }
        assertTrue(vault.requests().stream()
                        .filter(each -> each.endsWith("/renew-self"))
                        .count()
                >= 4);
        int logins = vault.logins();
        assertTrue(logins >= 2 && logins <= 5, "logs in again only where renewing has come to its end: " + logins);
        assertEquals(1, alarms.size());
    }

    @Test
    void logsInAgainWhereTheTokenCannotBeRenewed() {
        vault.lease(Duration.ofMinutes(30), Duration.ofMinutes(30), false);
        VaultSecrets secrets = role(SECRET_ID);
        assertFound("value in vault", secrets.look(REFERENCE));
        assertEquals(
                Duration.ofMinutes(20), Duration.between(now, alarms.getFirst().at()));
        ring();
        assertEquals(2, vault.logins());
        assertFalse(vault.requests().contains("POST /v1/auth/token/renew-self"));
    }

    @Test
    void triesToRenewAgainWhileVaultIsAwayAndLogsInAfterTheEnd() {
        VaultSecrets secrets = role(SECRET_ID);
        assertFound("value in vault", secrets.look(REFERENCE));
        vault.seal(true);
        ring();
        ring();
        assertEquals(1, alarms.size());
        vault.seal(false);
        ring();
        assertEquals(1, vault.logins());
        vault.seal(true);
        for (int i = 0; i < 40 && !alarms.isEmpty(); i++) {
            ring();
        }
        assertTrue(alarms.isEmpty(), "a token that is over is not renewed");
        vault.seal(false);
        assertFound("value in vault", secrets.look(REFERENCE));
        assertEquals(2, vault.logins());
    }

    @Test
    void logsInAgainWhereVaultNoLongerTakesTheToken() {
        VaultSecrets secrets = role(SECRET_ID);
        assertFound("value in vault", secrets.look(REFERENCE));
        vault.revokeAll();
        assertFound("value in vault", secrets.look(REFERENCE));
        assertEquals(2, vault.logins());
    }

    @Test
    void takesATokenThatIsGivenAndKeepsIt() {
        vault.give("root-like-token", Duration.ZERO, false);
        VaultSecrets secrets = secrets(settings(null, null, null), Map.of("VAULT_TOKEN", "root-like-token"));
        assertFound("value in vault", secrets.look(REFERENCE));
        assertTrue(alarms.isEmpty(), "it never ends");
        secrets.close();
        assertFalse(vault.requests().contains("POST /v1/auth/token/revoke-self"), "it is not ours");
    }

    @Test
    void renewsATokenThatIsGiven() throws IOException {
        vault.give("periodic-token", Duration.ofMinutes(90), true);
        Path file = Files.writeString(directory.resolve("token"), "periodic-token\n");
        VaultSecrets secrets = secrets(settings(null, null, file.toString()), Map.of());
        assertFound("value in vault", secrets.look(REFERENCE));
        ring();
        assertEquals("POST /v1/auth/token/renew-self", vault.requests().getLast());
    }

    @Test
    void namesItsNamespace() {
        vault.requireNamespace("team/a");
        VaultSettings settings = new VaultSettings(
                vault.address(), "team/a", null, null, FakeVault.ROLE_ID, null, "approle", Duration.ofSeconds(10));
        assertFound("value in vault", secrets(settings, SECRET_ID).look(REFERENCE));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    forbidden/x#a       | Vault forbids to read 'forbidden/x': 1 error occurred: * permission denied. Let a policy of the login have 'read' on 'forbidden/data/x'.
                    kv/absent#a         | Vault has no secret 'kv/absent', or 'kv' is no KV engine of version 2. Write it with: vault kv put -mount=kv absent a=…
                    kv/deleted#a        | The newest version of 'kv/deleted' in Vault is deleted. Undelete it, or write another.
                    kv/genapi/openai#b  | The secret 'kv/genapi/openai' in Vault has no text in 'b'; its fields are: api-key, number.
                    kv/genapi/openai#number | The secret 'kv/genapi/openai' in Vault has no text in 'number'; its fields are: api-key, number.
                    """)
    void saysWhyItHasNoSecret(String reference, String reason) {
        vault.write("kv/data/deleted", "null");
        assertEquals(
                reason,
                assertInstanceOf(SecretLookup.Refused.class, role(SECRET_ID).look(reference))
                        .reason());
    }

    @ParameterizedTest
    @ValueSource(strings = {"kv#a", "kv/x", "kv/../sys/x#a", "kv/x?y#a", "/kv/x#a", "kv//x#a", ""})
    void takesNoReferenceThatLeadsElsewhere(String reference) {
        assertTrue(assertInstanceOf(SecretLookup.Refused.class, role(SECRET_ID).look(reference))
                .reason()
                .startsWith("Write vault:MOUNT/PATH#FIELD"));
        assertEquals(List.of(), vault.requests());
    }

    @Test
    void saysWhatIsWrongWithVaultOrItsSettings() {
        vault.seal(true);
        assertRefused(
                "Vault at " + vault.address() + " is sealed, or in maintenance: Vault is sealed.", role(SECRET_ID));
        vault.seal(false);
        assertRefused(
                "invalid role or secret ID (status 400)", role(Map.of("GENAPI_VAULT_SECRET_ID", "wrong-secret-id")));
        assertRefused("There is no login for Vault. Set VAULT_TOKEN", secrets(settings(null, null, null), Map.of()));
        assertRefused(
                "Vault does not take the token: permission denied; invalid token.",
                secrets(settings(null, null, null), Map.of("VAULT_TOKEN", "hvs.unknown-token")));
        assertRefused("Nobody says where Vault is.", secrets(at(null), Map.of()));
        assertRefused("genapi.vault.address is 'vault:8200'.", secrets(at("vault:8200"), Map.of()));
        assertRefused("cannot be reached", secrets(at("http://127.0.0.1:1"), Map.of("VAULT_TOKEN", "some-token")));
        assertRefused(
                "genapi.vault.ca-file is '" + directory,
                secrets(
                        at("https://127.0.0.1:1"),
                        Map.of("VAULT_CACERT", directory.resolve("ca.pem").toString())));
    }

    private static void assertFound(String value, SecretLookup lookup) {
        assertEquals(
                value,
                assertInstanceOf(SecretLookup.Found.class, lookup).secret().reveal());
    }

    private static void assertRefused(String reason, VaultSecrets secrets) {
        SecretLookup.Refused refused = assertInstanceOf(SecretLookup.Refused.class, secrets.look(REFERENCE));
        assertTrue(refused.reason().contains(reason), refused.reason());
        assertFalse(
                refused.reason().contains("-id-0815") || refused.reason().contains("wrong-secret"), refused.reason());
    }

    /** Goes on to the next alarm. */
    private void ring() {
        Due due = alarms.removeFirst();
        now = due.at();
        due.task().run();
    }

    private VaultSecrets role(Map<String, String> environment) {
        return secrets(settings(FakeVault.ROLE_ID, null, null), environment);
    }

    private VaultSettings settings(@Nullable String roleId, @Nullable String secretIdFile, @Nullable String tokenFile) {
        return new VaultSettings(
                vault.address(), null, null, tokenFile, roleId, secretIdFile, "approle", Duration.ofSeconds(10));
    }

    private static VaultSettings at(@Nullable String address) {
        return new VaultSettings(address, null, null, null, null, null, "approle", Duration.ofSeconds(10));
    }

    private VaultSecrets secrets(VaultSettings settings, Map<String, String> environment) {
        return new VaultSecrets(() ->
                settings.open(environment, () -> now, (pause, task) -> alarms.addLast(new Due(now.plus(pause), task))));
    }
}
