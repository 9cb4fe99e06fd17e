package io.genapi.runtime.catalog;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.genapi.runtime.net.ProxyRule;
import io.genapi.runtime.service.StartException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConnectionEntriesTest {

    @TempDir
    private Path directory;

    private Path catalog(String more) throws IOException {
        return Files.writeString(
                directory.resolve("genapi.yaml"),
                "vendors: { local: { base-url: 'https://vllm.internal/v1'%s } }".formatted(more));
    }

    private Connection read(String more) throws IOException {
        return CatalogFile.read(catalog(more), Map.of()).vendors().getFirst().connection();
    }

    /** One of those that the JDK trusts. */
    private static X509Certificate someAuthority() throws Exception {
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init((KeyStore) null);
        return ((X509TrustManager) factory.getTrustManagers()[0]).getAcceptedIssuers()[0];
    }

    @Test
    void saysNothingOfWhatIsNotWritten() throws IOException {
        assertEquals(Connection.PLAIN, read(""));
    }

    @Test
    void readsEverySetting() throws Exception {
        X509Certificate authority = someAuthority();
        String pem = "-----BEGIN CERTIFICATE-----\n%s\n-----END CERTIFICATE-----\n"
                .formatted(Base64.getMimeEncoder(64, "\n".getBytes(UTF_8)).encodeToString(authority.getEncoded()));
        Files.writeString(directory.resolve("ca.pem"), pem + pem);
        Connection connection =
                read(", connect-timeout: 2s, read-timeout: 1m, proxy: 'http://proxy:3128', ca-file: ca.pem");
        assertEquals(Optional.of(Duration.ofSeconds(2)), connection.connectTimeout());
        assertEquals(Optional.of(Duration.ofMinutes(1)), connection.readTimeout());
        assertEquals("proxy:3128", connection.proxy().toString());
        assertEquals(authority, connection.authorities().getLast());
        assertEquals(2, connection.authorities().size());
        assertEquals(Optional.of(directory.resolve("ca.pem")), connection.caFile());
        assertEquals(new ProxyRule.Direct(), read(", proxy: none").proxy());
    }

    @Test
    void readsNoFileWhereNobodyIsCalled() throws IOException {
        VendorCatalog declared = CatalogFile.readDeclared(catalog(", ca-file: nowhere.pem"));
        assertEquals(Connection.PLAIN, declared.vendors().getFirst().connection());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            connect-timeout: soon            | vendors.local.connect-timeout | 'soon'   | 90s
            read-timeout: 0s                 | vendors.local.read-timeout    | '0s'     | 90s
            proxy: 'socks5://proxy:1'        | vendors.local.proxy           | socks5   | http://proxy:3128
            proxy: 'http://me:secret@proxy'  | vendors.local.proxy           | login    | HTTPS_PROXY
            ca-file: nowhere.pem             | vendors.local.ca-file         | nowhere  | readable
            ca-file: genapi.yaml             | vendors.local.ca-file         | genapi   | PEM
            """)
    void tellsAMistakeWithItsSettingItsValueAndTheRemedy(String entry, String setting, String value, String remedy)
            throws IOException {
        Path file = catalog(", " + entry);
        StartException mistake = assertThrows(StartException.class, () -> CatalogFile.read(file, Map.of()));
        String message = String.valueOf(mistake.getMessage());
        assertTrue(message.contains(setting) && message.contains(value) && message.contains(remedy), message);
        assertTrue(!message.contains("secret"), message);
    }
}
