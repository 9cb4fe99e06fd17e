package io.genapi.simulator.tls;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A key and its certificate, made by the JDK's {@code keytool}: for tests, protecting nothing. */
public final class ServerCertificate {

    private static final String ALIAS = "server";
    private static final String SIGNER = "signer";
    private static final String PASSWORD = "simulator";
    private static final int SECONDS_TO_MAKE_IT = 60;
    private static final Map<Purpose, ServerCertificate> MADE = new HashMap<>();

    private final PrivateKey key;
    private final List<X509Certificate> chain;

    private record Purpose(Encryption encryption, String host) {}

    private ServerCertificate(PrivateKey key, List<X509Certificate> chain) {
        this.key = key;
        this.chain = chain;
    }

    /**
     * Makes one, or gives the same again: it takes about a second, and this process may start many servers.
     *
     * @param encryption other than {@link Encryption#NONE}
     * @param host an address that the certificate is good for beside {@code localhost} and {@code 127.0.0.1}
     * @throws IOException if keytool is missing or fails
     */
    public static synchronized ServerCertificate of(Encryption encryption, String host) throws IOException {
        Purpose purpose = new Purpose(encryption, host);
        ServerCertificate made = MADE.get(purpose);
        if (made == null) {
            made = make(encryption, host);
            MADE.put(purpose, made);
        }
        return made;
    }

    private static ServerCertificate make(Encryption encryption, String host) throws IOException {
        Path directory = Files.createTempDirectory("vendor-simulator");
        Path store = directory.resolve("key.p12");
        try {
            signed(encryption, host, store);
            return load(store);
        } catch (GeneralSecurityException unreadable) {
            throw new IOException("cannot read the key that keytool made: " + unreadable.getMessage(), unreadable);
        } finally {
            Files.deleteIfExists(store);
            Files.deleteIfExists(directory);
        }
    }

    /** A client that trusts a certificate itself does not ask when it expired; one that trusts its signer does. */
    private static void signed(Encryption encryption, String host, Path store) throws IOException {
        if (encryption != Encryption.EXPIRED) {
            run(keytool(store, ALIAS, "-ext", "bc:c", "-ext", names(encryption, host)));
            return;
        }
        run(keytool(store, SIGNER, "-ext", "bc:c"));
        run(keytool(
                store,
                ALIAS,
                "-signer",
                SIGNER,
                "-startdate",
                "-15d",
                "-validity",
                "10",
                "-ext",
                names(encryption, host)));
    }

    private static List<String> keytool(Path store, String alias, String... more) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                alias,
                "-dname",
                "CN=vendor-simulator " + alias,
                "-keyalg",
                "EC",
                "-groupname",
                "secp256r1",
                "-storetype",
                "PKCS12",
                "-storepass",
                PASSWORD,
                "-keystore",
                store.toString()));
        command.addAll(List.of(more));
        if (!command.contains("-validity")) {
            command.addAll(List.of("-startdate", "-1d", "-validity", "30"));
        }
        return command;
    }

    private static String names(Encryption encryption, String host) {
        if (encryption == Encryption.WRONG_HOST) {
            return "SAN=dns:other.invalid";
        }
        boolean address = host.contains(":") || host.matches("[0-9.]+");
        return "SAN=dns:localhost,ip:127.0.0.1,%s:%s".formatted(address ? "ip" : "dns", host);
    }

    private static void run(List<String> command) throws IOException {
        Process keytool = new ProcessBuilder(command).redirectErrorStream(true).start();
        try (InputStream output = keytool.getInputStream()) {
            keytool.getOutputStream().close();
            String said = new String(output.readAllBytes(), StandardCharsets.UTF_8).strip();
            if (!keytool.waitFor(SECONDS_TO_MAKE_IT, TimeUnit.SECONDS) || keytool.exitValue() != 0) {
                throw new IOException("cannot make a certificate; keytool said: " + said);
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while keytool made a certificate", interrupted);
        }
    }

    private static ServerCertificate load(Path store) throws IOException, GeneralSecurityException {
        KeyStore keys = KeyStore.getInstance(store.toFile(), PASSWORD.toCharArray());
        return new ServerCertificate(
                (PrivateKey) keys.getKey(ALIAS, PASSWORD.toCharArray()),
                Arrays.stream(keys.getCertificateChain(ALIAS))
                        .map(X509Certificate.class::cast)
                        .toList());
    }

    public PrivateKey key() {
        return key;
    }

    /** The certificate and what signed it, at most two. */
    public List<X509Certificate> chain() {
        return chain;
    }

    /** The certificate for a client to trust, that of the signer if there is one, as a PEM file has it. */
    public String pem() {
        try {
            return "-----BEGIN CERTIFICATE-----\n%s\n-----END CERTIFICATE-----\n"
                    .formatted(Base64.getMimeEncoder(64, new byte[] {'\n'})
                            .encodeToString(chain.getLast().getEncoded()));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("a certificate that was read cannot be written", impossible);
        }
    }
}
