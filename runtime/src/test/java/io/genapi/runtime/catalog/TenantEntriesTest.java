package io.genapi.runtime.catalog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.genapi.runtime.service.StartException;
import io.genapi.runtime.tenant.KeyHash;
import io.genapi.runtime.tenant.Tenant;
import io.genapi.runtime.tenant.TenantLimits;
import io.genapi.runtime.tenant.Tenants;
import io.genapi.schemas.job.ModelName;
import io.genapi.schemas.job.TenantId;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TenantEntriesTest {

    private static final String VENDORS = "vendors: { v: { base-url: 'http://x' } }\n";

    @TempDir
    private Path directory;

    @Test
    void readsKeysLimitsAndModels() throws IOException {
        Tenants tenants = tenants(
                """
                tenants:
                  acme:
                    keys:
                      - { name: "laptop", sha256: "%s", created: 2026-01-31 }
                      - { name: ci, sha256: "%s" }
                    requests-per-minute: 600
                    jobs-in-flight: 20
                    tokens-per-day: 5000000000
                    models: [gpt-4o-mini, "claude-*"]
                    operator: true
                  other: { keys: [] }
                """.formatted(KeyHash.of("first").toHex(), KeyHash.of("second").toHex()));
        Tenant acme = tenants.find(new TenantId("acme")).orElseThrow();
        assertEquals(
                List.of("laptop", "ci"),
                acme.keys().stream().map(key -> key.name()).toList());
        assertEquals(
                Optional.of(LocalDate.of(2026, 1, 31)), acme.keys().getFirst().created());
        assertEquals(
                new TenantLimits(OptionalLong.of(600), OptionalLong.of(20), OptionalLong.of(5_000_000_000L)),
                acme.limits());
        assertTrue(acme.operator());
        assertEquals(Optional.of(acme), tenants.withKey("second"));
        assertEquals(Optional.empty(), tenants.withKey("third"));
        assertEquals(TenantLimits.NONE, tenants.all().getLast().limits());
    }

    @Test
    void allowsTheModelsThatAreListedOrBeginSoAndAllWithoutAList() throws IOException {
        Tenants tenants = tenants("""
                tenants:
                  some: { models: [gpt-4o, "claude-*"] }
                  none: { models: [] }
                  all: { keys: [] }
                """);
        assertTrue(allows(tenants, "some", "gpt-4o"));
        assertTrue(allows(tenants, "some", "claude-opus-5-5"));
        assertFalse(allows(tenants, "some", "gpt-4o-mini"));
        assertFalse(allows(tenants, "none", "gpt-4o"));
        assertTrue(allows(tenants, "all", "gpt-4o"));
        assertTrue(allows(tenants, "unknown", "gpt-4o"));
    }

    @Test
    void areNoneWhereTheFileNamesNone() throws IOException {
        assertTrue(tenants("").isEmpty());
        assertTrue(tenants("tenants:\n").isEmpty());
    }

    @Test
    void stayWhereASimulatorStandsInForAllVendors() throws IOException {
        Path file = written("tenants: { acme: { keys: [] } }");
        assertFalse(CatalogFile.readSimulated(file, URI.create("http://x"))
                .tenants()
                .isEmpty());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    a/b: { keys: [] }                         | tenants.a/b in FILE is no name that a tenant can have: write 1 to 64 letters, digits, dots, underscores and hyphens.
                    acme:                                       | tenants.acme in FILE is empty: write { keys: [] }, and then ./genapi keys create acme.
                    acme: { requests-per-minute: 0 }            | tenants.acme.requests-per-minute in FILE is '0': write how many the tenant may have, or leave it out.
                    acme: { jobs-in-flight: -1 }                | tenants.acme.jobs-in-flight in FILE is '-1': write how many the tenant may have, or leave it out.
                    acme: { models: ['a*b'] }                   | tenants.acme.models in FILE is 'a*b': write models' names, or beginnings of names such as "gpt-4o*".
                    acme: { keys: [{ sha256: a }] }             | tenants.acme.keys[0].name in FILE is '': write 1 to 64 letters, digits, dots, underscores and hyphens.
                    acme: { keys: [{ name: k, sha256: sk-oops }] } | tenants.acme.keys.k.sha256 in FILE is no SHA-256: write the 64 hexadecimal digits that ./genapi keys create prints; keys themselves do not belong in this file.
                    acme: { keys: [{ name: k, sha256: HASH, created: today }] } | tenants.acme.keys.k.created in FILE is 'today': write a day such as 2026-01-31, or leave it out.
                    acme: { keys: [{ name: k, sha256: HASH }, { name: k, sha256: HASH }] } | tenants.acme.keys.k in FILE is given twice: give each of its keys a name of its own.
                    acme: { keys: [{ name: k, sha256: HASH }, { name: l, sha256: HASH }] } | tenants.acme.keys.l.sha256 in FILE is the same as tenants.acme.keys.k.sha256: make a key for each with ./genapi keys create.
                    """)
    void tellAMistakeWithItsSettingItsValueAndTheRemedy(String text, String message) throws IOException {
        Path file = written("tenants:\n  " + text.replace("HASH", "'" + "a".repeat(64) + "'"));
        StartException refused = assertThrows(StartException.class, () -> CatalogFile.readDeclared(file));
        assertEquals(message.replace("FILE", file.toString()), refused.getMessage());
    }

    private static boolean allows(Tenants tenants, String tenant, String model) {
        return tenants.allows(new TenantId(tenant), new ModelName(model));
    }

    private Tenants tenants(String text) throws IOException {
        return CatalogFile.readDeclared(written(text)).tenants();
    }

    private Path written(String text) throws IOException {
        return Files.writeString(directory.resolve("genapi.yaml"), VENDORS + text);
    }
}
