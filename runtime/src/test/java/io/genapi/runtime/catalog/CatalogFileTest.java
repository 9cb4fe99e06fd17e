package io.genapi.runtime.catalog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.genapi.runtime.secret.Secret;
import io.genapi.runtime.secret.SecretLookup.Found;
import io.genapi.runtime.secret.SecretLookup.Refused;
import io.genapi.runtime.secret.SecretSource;
import io.genapi.runtime.secret.SecretSources;
import io.genapi.runtime.service.StartException;
import io.genapi.schemas.job.ModelName;
import io.genapi.schemas.job.VendorName;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CatalogFileTest {

    private static final String TWO_VENDORS = """
            vendors:
              first: { base-url: 'https://first.example/v1/', api-key: 'env:FIRST_KEY', timeout: 90s }
              second: { base-url: 'https://second.example/v1', api-key: 'env:SECOND_KEY' }
            models:
              both: [{ vendor: first, model: first-both }, { vendor: second }]
              only-second: [{ vendor: second }]
            """;

    @TempDir
    private Path directory;

    @Test
    void leavesOutAVendorWithoutItsKeyAndTheModelsThatOnlyItServes() throws IOException {
        VendorCatalog catalog = CatalogFile.read(written(TWO_VENDORS), Map.of("FIRST_KEY", "sk-secret"));
        assertEquals(List.of(new ModelName("both")), catalog.models());
        Candidate candidate = catalog.candidates(new ModelName("both")).getFirst();
        assertEquals("first-both", candidate.vendorModel());
        assertEquals(URI.create("https://first.example/v1"), candidate.vendor().baseUrl());
        assertEquals("sk-secret", candidate.credential().orElseThrow().reveal());
    }

    @Test
    void leavesOutWhatAVendorCannotBeAskedOnlyWhereItsEntrySaysSo() throws IOException {
        VendorCatalog catalog = CatalogFile.readDeclared(written("""
                vendors:
                  lenient: { base-url: 'https://lenient.example', drop-unsupported: true }
                  strict: { base-url: 'https://strict.example' }
                """));
        assertEquals(
                List.of(true, false),
                catalog.vendors().stream().map(Vendor::dropUnsupported).toList());
    }

    @Test
    void makesACandidateOfEachKeyAndSharesTheWeightBetweenThem() throws IOException {
        VendorCatalog catalog = CatalogFile.read(written("""
                vendors:
                  many: { base-url: 'https://many.example', credentials: { a: 'env:A', b: 'env:B', gone: 'env:GONE' } }
                  one: { base-url: 'https://one.example', api-key: 'env:A' }
                models:
                  all: [{ vendor: many }, { vendor: one }]
                  some:
                    strategy: weighted
                    candidates: [{ vendor: many, weight: 3 }, { vendor: many, credential: b, model: b-only }, { vendor: one }]
                """), Map.of("A", "sk-a", "B", "sk-b"));
        assertEquals(List.of("many/a/all/1.0", "many/b/all/1.0", "one/api-key/all/1.0"), described(catalog, "all", 2));
        assertEquals(
                List.of("many/a/some/1.5", "many/b/some/1.5", "many/b/b-only/1.0", "one/api-key/some/1.0"),
                described(catalog, "some", 1));
        assertEquals(
                Strategy.EVEN, catalog.route(new ModelName("all")).orElseThrow().strategy());
        assertEquals(
                Strategy.WEIGHTED,
                catalog.route(new ModelName("some")).orElseThrow().strategy());
    }

    /** @param factor that makes the weights of a route without weights comparable */
    private static List<String> described(VendorCatalog catalog, String model, int factor) {
        return catalog.candidates(new ModelName(model)).stream()
                .map(each -> "%s/%s/%s/%s"
                        .formatted(
                                each.vendor().name(),
                                each.credential().map(Credential::name).orElse("none"),
                                each.vendorModel(),
                                factor == 1 ? each.weight() : 1.0))
                .toList();
    }

    @Test
    void knowsWhatACandidateCannotDo() throws IOException {
        VendorCatalog catalog = CatalogFile.readDeclared(written("""
                vendors: { v: { base-url: 'http://x' } }
                models: { m: [{ vendor: v, tools: false, vision: false, streaming: false, max-context: 8000 }, { vendor: v }] }
                """));
        assertEquals(
                List.of(new Capabilities(false, false, false, OptionalInt.of(8_000)), Capabilities.ALL),
                catalog.candidates(new ModelName("m")).stream()
                        .map(Candidate::capabilities)
                        .toList());
    }

    @Test
    void neverShowsAKey() throws IOException {
        VendorCatalog catalog = CatalogFile.read(written(TWO_VENDORS), Map.of("FIRST_KEY", "sk-secret"));
        assertFalse(catalog.vendors().toString().contains("sk-secret"));
    }

    @Test
    void letsTheSimulatorServeEveryModelWithoutAnyKey() throws IOException {
        VendorCatalog catalog = CatalogFile.readSimulated(written(TWO_VENDORS), URI.create("http://127.0.0.1:1/v1"));
        assertEquals(List.of(new ModelName("both"), new ModelName("only-second")), catalog.models());
        assertEquals(
                "simulator",
                catalog.candidates(new ModelName("both"))
                        .getFirst()
                        .vendor()
                        .name()
                        .value());
    }

    @Test
    void servesAnyModelThroughAWildcardUnderItsOwnName() throws IOException {
        VendorCatalog catalog = CatalogFile.read(written("""
                        vendors: { local: { base-url: 'http://localhost:11434/v1' } }
                        models: { '*': [{ vendor: local }] }
                        """), Map.of());
        assertEquals(
                "llama", catalog.candidates(new ModelName("llama")).getFirst().vendorModel());
        assertEquals(List.of(), catalog.models());
    }

    @Test
    void asksEachPlaceForItsKeysAndSaysWhatOneHadAgainstIt() throws IOException {
        SecretSource file = name -> new Found(new Secret(("from-file-" + name).toCharArray()));
        SecretSource vault = name -> new Refused("Sealed: " + name + ".");
        Path good = written(
                "vendors: { v: { base-url: 'http://x', api-key: 'secret:mine' } }\nmodels: { m: [{ vendor: v }] }");
        VendorCatalog catalog = CatalogFile.read(good, SecretSources.of(Map.of(), file, vault));
        assertEquals(
                "from-file-mine",
                catalog.vendors().getFirst().credentials().getFirst().reveal());
        Path sealed = written("vendors: { v: { base-url: 'http://x', api-key: 'vault:kv/a#b' } }");
        StartException refused = assertThrows(
                StartException.class, () -> CatalogFile.read(sealed, SecretSources.of(Map.of(), file, vault)));
        assertEquals(
                "vendors.v.api-key in " + sealed + " is 'vault:kv/a#b', which cannot be had. Sealed: kv/a#b.",
                refused.getMessage());
    }

    @Test
    void knowsWhoCanBeCalledWithoutReadingAnyKeyOutsideOfTheEnvironment() throws IOException {
        Path file = written("""
                vendors:
                  here: { base-url: 'http://x', api-key: 'env:HERE' }
                  gone: { base-url: 'http://x', api-key: 'env:GONE' }
                  elsewhere: { base-url: 'http://x', api-key: 'secret:elsewhere' }
                  open: { base-url: 'http://x' }
                """);
        assertEquals(
                List.of("here", "elsewhere", "open"),
                CatalogFile.callable(file, Map.of("HERE", "k")).stream()
                        .map(VendorName::value)
                        .toList());
        Path keyless = written("vendors: { gone: { base-url: 'http://x', api-key: 'env:GONE' } }");
        assertThrows(NoVendorKeyException.class, () -> CatalogFile.callable(keyless, Map.of()));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    vendors: { v: { base-url: 'ftp://x' } }                         | vendors.v.base-url in FILE is 'ftp://x': write an http or https address such as https://api.openai.com/v1.
                    vendors: { v: { base-url: 'http://x', dialect: cobol } }        | vendors.v.dialect in FILE is 'cobol': this version speaks: openai, azure-openai, anthropic, gemini.
                    vendors: { v: { base-url: 'https://n.openai.azure.com', dialect: azure-openai } } | vendors.v.base-url in FILE is 'https://n.openai.azure.com', which says no version of Azure's API: write https://NAME.openai.azure.com/openai/v1, or https://NAME.openai.azure.com?api-version=2024-10-21.
                    vendors: { 'a b': { base-url: 'http://x' } }                    | vendors.a b in FILE is no name that a vendor can have: write 1 to 100 letters, digits, dots, underscores and hyphens: it is a part of a topic's name.
                    vendors: { a.b: { base-url: 'http://x' }, a_b: { base-url: 'http://x' } } | vendors.a_b in FILE is too much like 'a.b': give it a name that differs in more than dots and underscores.
                    vendors: { v: { base-url: 'http://x', requests-per-minute: 0 } } | vendors.v.requests-per-minute in FILE is '0': write what one of its keys is allowed, or leave it out.
                    vendors: { v: { base-url: 'http://x', timeout: soon } }         | vendors.v.timeout in FILE is 'soon': write a positive duration such as 90s or 10m.
                    vendors: { v: { base-url: 'http://x', api-key: sk-oops } }      | vendors.v.api-key in FILE is not a reference. Write env:NAME, and set the key in the environment variable NAME; or secret:NAME, and put it into the encrypted file with ./genapi secrets edit; or vault:MOUNT/PATH#FIELD; keys do not belong in this file.
                    vendors: { v: { base-url: 'http://x', credentials: { a: sk-oops } } } | vendors.v.credentials.a in FILE is not a reference. Write env:NAME, and set the key in the environment variable NAME; or secret:NAME, and put it into the encrypted file with ./genapi secrets edit; or vault:MOUNT/PATH#FIELD; keys do not belong in this file.
                    vendors: { v: { base-url: 'http://x', api-key: 'env:A', credentials: { a: 'env:A' } } } | vendors.v.credentials in FILE is given beside api-key: name all its keys in credentials.
                    vendors: { v: { base-url: 'http://x', api-key: 'env:ABSENT' } } | No vendor in FILE has its key in the environment. Set one of the variables that it names (ABSENT), or start with ./genapi up, which then uses the vendor simulator.
                    """)
    void tellsAMistakeWithItsSettingItsValueAndTheRemedy(String text, String message) throws IOException {
        Path file = written(text);
        StartException refused = assertThrows(StartException.class, () -> CatalogFile.read(file, Map.of()));
        assertEquals(message.replace("FILE", file.toString()), refused.getMessage());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    models: { m: [] }                                                    | models.m in FILE is empty: list at least one vendor for it.
                    models: { m: }                                                       | models.m in FILE is empty: list at least one vendor for it.
                    models: { m: { strategy: luck, candidates: [{ vendor: v }] } }       | models.m.strategy in FILE is 'luck': write even, weighted, fallback or fastest.
                    models: { m: [{ vendor: v, weight: 2 }] }                            | models.m.weight in FILE is given, but nobody looks at it: say strategy: weighted, or leave it out.
                    models: { m: { strategy: weighted, candidates: [{ vendor: v, weight: 0 }] } } | models.m.weight in FILE is '0': write a whole number from 1 to 1000000.
                    models: { m: [{ vendor: v, credential: b }] }                        | models.m.credential in FILE is 'b': name one of [a], or leave it out to use all.
                    models: { m: [{ vendor: v, max-context: -1 }] }                      | models.m.max-context in FILE is '-1': write how many tokens a prompt may have.
                    """)
    void tellsAMistakeInARoute(String text, String message) throws IOException {
        Path file = written("vendors: { v: { base-url: 'http://x', credentials: { a: 'env:A' } } }\n" + text);
        StartException refused = assertThrows(StartException.class, () -> CatalogFile.read(file, Map.of("A", "sk-a")));
        assertEquals(message.replace("FILE", file.toString()), refused.getMessage());
    }

    @Test
    void namesAVendorThatAModelAsksForInVain() throws IOException {
        Path file = written("vendors: { v: { base-url: 'http://x' } }\nmodels: { m: [{ vendor: w }] }\n");
        StartException refused = assertThrows(StartException.class, () -> CatalogFile.read(file, Map.of()));
        assertEquals("models.m.vendor in " + file + " is 'w': name one of [v].", refused.getMessage());
    }

    private Path written(String text) throws IOException {
        return Files.writeString(directory.resolve("genapi.yaml"), text);
    }
}
