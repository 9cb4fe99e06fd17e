package io.genapi.runtime.reload;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.genapi.runtime.catalog.CatalogFile;
import io.genapi.runtime.catalog.VendorCatalog;
import io.genapi.runtime.reload.ReloadOutcome.Applied;
import io.genapi.runtime.reload.ReloadOutcome.Refused;
import io.genapi.runtime.reload.ReloadOutcome.Unchanged;
import io.genapi.runtime.service.StartException;
import io.genapi.schemas.job.ModelName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.KeyStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CatalogReloadTest {

    @TempDir
    private Path directory;

    private final Map<String, String> environment = new HashMap<>(Map.of("KEY", "sk-first"));
    private final List<String> heard = new ArrayList<>();
    private Optional<StartException> hindrance = Optional.empty();
    private long millis;
    private int told;

    private Path file;
    private CurrentCatalog current;
    private CatalogReload reload;

    @BeforeEach
    void start() throws IOException {
        file = directory.resolve("genapi.yaml");
        write("first");
        CatalogSource source = new CatalogSource(List.of(file), () -> CatalogFile.read(file, environment));
        current = new CurrentCatalog(source.read());
        CatalogFollower follower = new CatalogFollower() {
            @Override
            public void prepare(VendorCatalog next) {
                hindrance.ifPresent(failure -> {
                    throw failure;
                });
                heard.add("prepare " + next.models());
            }

            @Override
            public void follow(VendorCatalog next) {
                heard.add("follow " + next.models() + " after " + current.get().models());
            }
        };
        reload = new CatalogReload(
                "test",
                source,
                current,
                List.of(follower),
                () -> Duration.ofMillis(millis).toNanos());
        reload.tell(() -> told++);
    }

    @Test
    void letsAChangedFileCountOnceItHasSettled() throws IOException {
        write("first", "second");
        look(0);
        look(499);
        assertEquals(names("first"), current.get().models());
        look(1);
        assertEquals(names("first", "second"), current.get().models());
        assertEquals(List.of("prepare [first, second]", "follow [first, second] after [first]"), heard);
        assertEquals(1, told);
    }

    @Test
    void takesNoNoticeOfAFileThatIsBrokenWhileItIsWritten() throws IOException {
        Files.writeString(file, "");
        look(0);
        look(750);
        assertEquals(Optional.empty(), reload.problem());
        write("second");
        look(250);
        look(500);
        assertEquals(names("second"), current.get().models());
        assertEquals(1, told);
    }

    @Test
    void changesNothingWhereTheFileStaysBrokenAndSaysWhyUntilItIsRepaired() throws IOException {
        VendorCatalog before = current.get();
        Files.writeString(file, "vendors: { v: { base-url: nowhere } }");
        look(0);
        look(1_000);
        assertSame(before, current.get());
        String problem = reload.problem().orElseThrow();
        assertTrue(problem.contains("vendors.v.base-url"), problem);
        assertTrue(problem.contains("'nowhere'"), problem);
        look(60_000);
        assertEquals(1, told);
        write("first");
        look(250);
        look(500);
        assertEquals(Optional.empty(), reload.problem());
        assertSame(before, current.get());
        assertEquals(2, told);
        assertEquals(List.of(), heard);
    }

    @Test
    void noticesThatTheFileIsGone() throws IOException {
        Files.delete(file);
        look(0);
        look(1_000);
        assertTrue(reload.problem().orElseThrow().contains("cannot be read"), reload.problem()::toString);
    }

    @Test
    void tellsNoKeyThatSomebodyHasPutIntoTheFile() throws IOException {
        Files.writeString(file, "vendors: { v: { base-url: 'sk-typed-in-by-mistake' } }");
        String reason = assertInstanceOf(Refused.class, reload.now()).reason();
        assertTrue(reason.contains("vendors.v.base-url") && !reason.contains("typed"), reason);
    }

    @Test
    void seesThroughLinksThatAreSwapped() throws IOException {
        Path mounted = Files.createDirectory(directory.resolve("mounted"));
        publish(mounted, "one", "first");
        Files.createSymbolicLink(mounted.resolve("genapi.yaml"), Path.of("..data", "genapi.yaml"));
        Files.delete(file);
        Files.createSymbolicLink(file, mounted.resolve("genapi.yaml"));
        look(0);
        look(1_000);
        assertEquals(List.of(), heard);
        publish(mounted, "two", "second");
        look(250);
        look(500);
        assertEquals(names("second"), current.get().models());
    }

    @Test
    void isToldToReadAtOnceAndSaysWhatCameOfIt() throws IOException {
        assertInstanceOf(Unchanged.class, reload.now());
        write("first", "second");
        assertEquals(new Applied(List.of("model second added (v/api-key second)")), reload.now());
        Files.writeString(file, "- nonsense");
        Refused refused = assertInstanceOf(Refused.class, reload.now());
        assertEquals(Optional.of(refused.reason()), reload.problem());
        look(5_000);
        look(5_000);
        assertEquals(2, told, "what was told is not told again");
    }

    @Test
    void readsKeysAgainThoughTheFileIsTheSame() {
        environment.put("KEY", "sk-second");
        assertEquals(new Applied(List.of("vendor v: key api-key changed")), reload.now());
        environment.clear();
        assertTrue(assertInstanceOf(Refused.class, reload.now()).reason().contains("KEY"));
    }

    @Test
    void noticesThatAFileOfAuthoritiesAloneHasChanged() throws Exception {
        Path authorities = directory.resolve("ca.pem");
        Files.writeString(authorities, pem(0));
        Files.writeString(file, yaml("first").replace("'https://v.example'", "'https://v.example', ca-file: ca.pem"));
        look(0);
        look(500);
        look(500);
        assertEquals(List.of(), heard.subList(2, heard.size()), "read once");
        Files.writeString(authorities, pem(1));
        look(250);
        look(500);
        assertEquals(4, heard.size());
        assertEquals(2, told);
        Files.writeString(authorities, "nothing of use");
        look(250);
        look(1_000);
        assertTrue(reload.problem().orElseThrow().contains("ca-file"), reload.problem()::toString);
        Files.writeString(authorities, pem(1));
        look(250);
        look(500);
        assertEquals(Optional.empty(), reload.problem());
    }

    /** One of the authorities that the JDK trusts. */
    private static String pem(int number) throws Exception {
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init((KeyStore) null);
        byte[] certificate =
                ((X509TrustManager) factory.getTrustManagers()[0]).getAcceptedIssuers()[number].getEncoded();
        return "-----BEGIN CERTIFICATE-----\n%s\n-----END CERTIFICATE-----\n"
                .formatted(Base64.getMimeEncoder(64, "\n".getBytes(UTF_8)).encodeToString(certificate));
    }

    @Test
    void triesAgainWhatCouldNotTakeEffect() throws IOException {
        hindrance = Optional.of(new StartException("Kafka did not answer"));
        write("first", "second");
        look(0);
        look(500);
        assertEquals(Optional.of("Kafka did not answer"), reload.problem());
        assertEquals(names("first"), current.get().models());
        hindrance = Optional.empty();
        look(500);
        assertEquals(names("first", "second"), current.get().models());
        assertEquals(Optional.empty(), reload.problem());
    }

    private void look(long pause) {
        millis += pause;
        reload.look();
    }

    private void write(String... models) throws IOException {
        Files.writeString(file, yaml(models));
    }

    private static String yaml(String... models) {
        StringBuilder yaml =
                new StringBuilder("vendors: { v: { base-url: 'https://v.example', api-key: 'env:KEY' } }\nmodels:\n");
        for (String model : models) {
            yaml.append("  ").append(model).append(": [{ vendor: v }]\n");
        }
        return yaml.toString();
    }

    /** As Kubernetes does it with a ConfigMap that is mounted. */
    private static void publish(Path mounted, String version, String model) throws IOException {
        Path files = Files.createDirectory(mounted.resolve(".." + version));
        Files.writeString(files.resolve("genapi.yaml"), yaml(model));
        Path link = Files.createSymbolicLink(mounted.resolve("..data_tmp"), files.getFileName());
        Files.move(link, mounted.resolve("..data"), StandardCopyOption.ATOMIC_MOVE);
    }

    private static List<ModelName> names(String... names) {
        return List.of(names).stream().map(ModelName::new).toList();
    }
}
