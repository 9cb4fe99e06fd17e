package io.genapi.runtime.secret.vault;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The Vault that {@code vault:MOUNT/PATH#FIELD} leads to: {@code genapi.vault.*}. Where a setting is absent, what Vault's
 * own command reads counts: {@code VAULT_ADDR}, {@code VAULT_NAMESPACE}, {@code VAULT_CACERT}, {@code VAULT_TOKEN}.
 *
 * @param address such as {@code https://vault.example:8200}
 * @param caFile certificates in PEM that are trusted in place of Java's
 * @param tokenFile with a token, such as Vault's agent writes; by default the token is {@code VAULT_TOKEN}
 * @param roleId of an AppRole, which then is the login
 * @param secretIdFile with its secret id; by default that is {@code GENAPI_VAULT_SECRET_ID} in the environment
 * @param appRoleMount of the auth method
 * @param timeout of one question
 */
@ConfigurationProperties("genapi.vault")
public record VaultSettings(
        @Nullable String address,
        @Nullable String namespace,
        @Nullable String caFile,
        @Nullable String tokenFile,
        @Nullable String roleId,
        @Nullable String secretIdFile,
        @DefaultValue("approle") String appRoleMount,
        @DefaultValue("10s") Duration timeout) {

    public VaultSettings {
        if (!timeout.isPositive()) {
            throw new IllegalArgumentException(
                    "genapi.vault.timeout is %s; set it to a positive duration such as 10s".formatted(timeout));
        }
    }

    /** Does nothing yet. */
    public VaultSecrets secrets(Map<String, String> environment, InstantSource clock) {
        return new VaultSecrets(() -> open(environment, clock, VaultSettings::later));
    }

    /** A thread that sleeps ends no process late, and costs next to nothing. */
    private static void later(Duration pause, Runnable task) {
        Thread.ofVirtual().name("vault-renewal").start(() -> {
            try {
                Thread.sleep(pause);
                task.run();
            } catch (InterruptedException ended) {
                Thread.currentThread().interrupt();
            }
        });
    }

    VaultSecrets.Connection open(Map<String, String> environment, InstantSource clock, VaultSession.Alarm alarm)
            throws VaultProblem {
        VaultApi api = new VaultApi(
                client(given(caFile, "VAULT_CACERT", environment)),
                uri(given(address, "VAULT_ADDR", environment)),
                given(namespace, "VAULT_NAMESPACE", environment),
                timeout);
        return new VaultSecrets.Connection(api, new VaultSession(api, login(environment), alarm, clock));
    }

    private VaultLogin login(Map<String, String> environment) {
        return roleId == null
                ? new GivenToken(new PlainValue(
                        "genapi.vault.token-file",
                        Optional.ofNullable(tokenFile).map(Path::of),
                        "VAULT_TOKEN",
                        environment))
                : new AppRole(
                        appRoleMount,
                        roleId,
                        new PlainValue(
                                "genapi.vault.secret-id-file",
                                Optional.ofNullable(secretIdFile).map(Path::of),
                                "GENAPI_VAULT_SECRET_ID",
                                environment));
    }

    private static Optional<String> given(@Nullable String setting, String variable, Map<String, String> environment) {
        return Optional.ofNullable(setting)
                .or(() -> Optional.ofNullable(environment.get(variable)))
                .filter(value -> !value.isBlank());
    }

    private static URI uri(Optional<String> address) throws VaultProblem {
        String text = address.orElseThrow(
                () -> VaultProblem.refused("Nobody says where Vault is. Set genapi.vault.address, or VAULT_ADDR."));
        try {
            URI uri = URI.create(text.endsWith("/") ? text.substring(0, text.length() - 1) : text);
            if (("http".equals(uri.getScheme()) || "https".equals(uri.getScheme())) && uri.getHost() != null) {
                return uri;
            }
        } catch (IllegalArgumentException malformed) {
            // Told below, as what has no host is.
        }
        throw VaultProblem.refused(
                "genapi.vault.address is '%s'. Set it to an address such as https://vault.example:8200."
                        .formatted(text));
    }

    private HttpClient client(Optional<String> authorities) throws VaultProblem {
        HttpClient.Builder client =
                HttpClient.newBuilder().connectTimeout(timeout).followRedirects(HttpClient.Redirect.NORMAL);
        if (authorities.isPresent()) {
            client.sslContext(trusting(Path.of(authorities.get())));
        }
        return client.build();
    }

    private static SSLContext trusting(Path authorities) throws VaultProblem {
        try (InputStream pem = Files.newInputStream(authorities)) {
            KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
            trusted.load(null, null);
            int number = 0;
            for (Certificate each : CertificateFactory.getInstance("X.509").generateCertificates(pem)) {
                trusted.setCertificateEntry("authority-" + number++, each);
            }
            TrustManagerFactory managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            managers.init(trusted);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, managers.getTrustManagers(), null);
            return context;
        } catch (IOException | GeneralSecurityException unusable) {
            throw VaultProblem.refused(
                    "genapi.vault.ca-file is '%s', which cannot be used: %s. Name a file of certificates in PEM."
                            .formatted(authorities, unusable));
        }
    }
}
