package io.genapi.runtime.reload;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.genapi.runtime.catalog.CatalogFile;
import io.genapi.runtime.catalog.VendorCatalog;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CatalogChangesTest {

    private static final Map<String, String> KEYS = Map.of("A", "sk-first-secret", "B", "sk-other-secret");

    private static final String BEFORE = """
            vendors:
              north: { base-url: 'https://north.example/v1', credentials: { a: 'env:A', b: 'env:B' } }
              south: { base-url: 'https://south.example' }
            models:
              fast: [{ vendor: north, credential: a, model: north-fast }]
              plain: [{ vendor: south }]
            """;

    @TempDir
    private Path directory;

    @Test
    void areNoneWhereTheSameIsReadAgain() throws IOException {
        assertEquals(List.of(), changes(BEFORE, BEFORE.replace("models:", "# a comment\nmodels:")));
    }

    @Test
    void tellVendorsThatComeAndGo() throws IOException {
        String after = BEFORE.replace(
                        "south: { base-url: 'https://south.example' }",
                        "west: { base-url: 'http://u:pass@west:81/x?k=v' }")
                .replace("vendor: south", "vendor: west");
        assertEquals(
                List.of(
                        "vendor south removed",
                        "vendor west added (http://west:81/x)",
                        "model plain: west plain instead of south plain"),
                changes(BEFORE, after));
    }

    @Test
    void tellWhatOfAVendorIsAnother() throws IOException {
        String after = BEFORE.replace(
                "'https://south.example'",
                "'https://south.example:444', timeout: 5s, requests-per-minute: 60, drop-unsupported: true,"
                        + " read-timeout: 3s, proxy: none, stream-usage: false");
        assertEquals(
                List.of("vendor south: base-url https://south.example:444 instead of https://south.example,"
                        + " requests-per-minute 60 instead of none, timeout PT5S"
                        + " instead of PT10M, drop-unsupported true instead of false, read-timeout PT3S instead of none,"
                        + " proxy none instead of as the environment says, stream-usage false instead of true"),
                changes(BEFORE, after));
    }

    @Test
    void tellKeysByTheirNamesAndNeverWhatTheyAre() throws IOException {
        List<String> changes = changes(BEFORE, BEFORE.replace("a: 'env:A', b: 'env:B'", "a: 'env:B', c: 'env:A'"));
        assertEquals(List.of("vendor north: key a changed, key c added, key b removed"), changes);
        assertFalse(changes.toString().contains("secret"));
    }

    @Test
    void tellModelsThatComeAndGoAndWhoServesThem() throws IOException {
        String after = BEFORE.replace("  plain: [{ vendor: south }]\n", """
                  best:
                    strategy: weighted
                    candidates: [{ vendor: north, credential: b, weight: 3, tools: false, max-context: 8000 }, { vendor: south }]
                  '*': [{ vendor: south, model: '*' }]
                """).replace("north-fast", "north-faster");
        assertEquals(
                List.of(
                        "model fast: north/a north-faster instead of north/a north-fast",
                        "model plain removed",
                        "model best added (weighted: north/b best weight 3.0 without tools up to 8000 tokens, south best"
                                + " weight 1.0)",
                        "model * added (south *)"),
                changes(BEFORE, after));
    }

    @Test
    void tellTenantsTheirLimitsAndTheirKeysByName() throws IOException {
        String before = BEFORE
                + "tenants:\n  acme: { keys: [%s, %s] }\n  gone: { keys: [] }\n"
                        .formatted(key("old", "a"), key("same", "b"));
        String after = BEFORE
                + "tenants:\n  acme: { keys: [%s, %s], requests-per-minute: 60, models: ['gpt-*'] }\n  new: { keys: [%s] }\n"
                        .formatted(key("same", "c"), key("fresh", "d"), key("first", "e"));
        assertEquals(
                List.of(
                        "tenant acme: requests-per-minute 60 instead of none, models gpt-* instead of *, key same changed,"
                                + " key fresh added, key old removed",
                        "tenant gone removed",
                        "tenant new added (keys: first)"),
                changes(before, after));
        assertEquals(List.of(), changes(before, before));
    }

    @Test
    void tellThatThereIsOneTooWhereThereAreNoWordsForIt() throws IOException {
        String after = BEFORE.replace("  plain: [{ vendor: south }]\n", "")
                .replace("models:\n", "models:\n  plain: [{ vendor: south }]\n");
        assertEquals(List.of("order or details"), changes(BEFORE, after));
    }

    @Test
    void tellTheModelsAloneWhereASimulatorStandsInForAllVendors() throws IOException {
        URI simulator = URI.create("http://127.0.0.1:1/v1");
        VendorCatalog before = CatalogFile.readSimulated(written(BEFORE), simulator);
        VendorCatalog after = CatalogFile.readSimulated(
                written(BEFORE.replace("plain:", "other:").replace("south.example", "another.example")), simulator);
        assertEquals(
                List.of("model plain removed", "model other added (simulator other)"),
                CatalogChanges.between(before, after));
    }

    private static String key(String name, String digit) {
        return "{ name: %s, sha256: '%s' }".formatted(name, digit.repeat(64));
    }

    private List<String> changes(String before, String after) throws IOException {
        return CatalogChanges.between(CatalogFile.read(written(before), KEYS), CatalogFile.read(written(after), KEYS));
    }

    private Path written(String yaml) throws IOException {
        return Files.writeString(directory.resolve("genapi.yaml"), yaml);
    }
}
