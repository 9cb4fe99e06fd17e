package io.genapi.cli.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.genapi.runtime.catalog.CatalogFile;
import io.genapi.runtime.tenant.Tenant;
import io.genapi.runtime.tenant.Tenants;
import io.genapi.schemas.job.TenantId;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipalLookupService;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** The life of tenants' keys in a catalog that somebody wrote by hand. */
class KeysCommandTest {

    private static final String CATALOG = """
            # vendors first
            vendors:
              v: { base-url: 'http://x' }   # the only one
            models:
              m: [{ vendor: v }]
            """;

    @TempDir
    private Path directory;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void aKeyIsPrintedOnceAndItsHashIsInTheCatalog() throws IOException {
        Path file = written(CATALOG);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
        String key = created("acme");
        assertTrue(key.matches("sk-genapi-[0-9a-z]{52}"), key);
        assertEquals("acme", tenants().withKey(key).orElseThrow().id().value());
        assertFalse(Files.readString(file).contains(key));
        assertTrue(Files.readString(file).startsWith(CATALOG), Files.readString(file));
        assertEquals("rw-r-----", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
        try (Stream<Path> files = Files.list(directory)) {
            assertEquals(List.of(file), files.toList());
        }
    }

    @Test
    void keysOfSeveralTenantsComeAndGoAndNothingElseChanges() throws IOException {
        written(CATALOG + """
                # who pays
                tenants:
                  first:            # since January
                    models: [m]
                    # not many
                    requests-per-minute: 5
                  second: {}
                # the end
                """);
        created("second", "--name", "ci");
        created("first");
        created("first");
        created("third");
        String before = text();
        String fourth = created("first", "--name", "fourth");
        assertEquals(List.of("key-1", "key-2", "fourth"), names("first"));
        assertEquals(List.of("ci"), names("second"));
        assertEquals(ExitCodes.OK, run("revoke", "first", "fourth"));
        assertEquals(before, text());
        assertEquals(Optional.empty(), tenants().withKey(fourth));
        assertEquals(ExitCodes.OK, run("revoke", "second", "ci"));
        assertEquals(List.of(), names("second"));
        created("second", "--name", "again");
        assertEquals(List.of("again"), names("second"));
        assertTrue(text().contains("# since January") && text().contains("# not many") && text().contains("# the end"));
        assertEquals(5, tenant("first").limits().requestsPerMinute().orElseThrow());
        assertEquals(ExitCodes.OK, run("list"));
        assertTrue(out.toString().contains("second               again"), out.toString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "tenants: {}\n",
                "tenants:\n",
                "tenants: # none yet\n",
                "tenants: { acme: {} }\n",
                "tenants: { acme: { keys: [] } }\n",
                "tenants: { acme: { models: [m] }, b: { keys: [] } }",
                "tenants:\n  acme: { operator: true }\n",
                "tenants:\n    acme:\n        keys:\n        - { name: old, sha256: \"HASH\" }\n    b: {keys: []}\n",
                "tenants:\n  acme:\n    keys: [ { name: old, sha256: \"HASH\" } ]   # one\n  b: { keys: [] }\n",
                "tenants:\n  acme:\n    keys:\n      - name: old\n        sha256: HASH\n    jobs-in-flight: 3\n",
                "tenants:\n  acme:\n    keys: []\n    jobs-in-flight: 3\n",
                "tenants:\n  acme:\n    keys:   # none\n    jobs-in-flight: 3\n"
            })
    void howeverTenantsAreWritten(String tenants) throws IOException {
        String before = CATALOG + tenants.replace("HASH", "a".repeat(64));
        written(before);
        Optional<Tenant> old = tenants().find(new TenantId("acme"));
        String key = created("acme", "--name", "new");
        Tenant now = tenants().withKey(key).orElseThrow();
        assertEquals(
                1 + old.map(tenant -> tenant.keys().size()).orElse(0),
                now.keys().size());
        assertEquals(old.map(Tenant::limits).orElse(now.limits()), now.limits());
        assertEquals(ExitCodes.OK, run("revoke", "acme", "new"), err::toString);
        assertEquals(Optional.empty(), tenants().withKey(key));
        assertEquals(old.map(Tenant::keys).orElse(List.of()), tenant("acme").keys());
    }

    /** A gateway may run as another user, and has to go on reading it. */
    @Test
    void theFileStaysItsOwners() throws IOException {
        Path file = written(CATALOG);
        assumeTrue(
                Files.getOwner(file).getName().equals("root"),
                "only root can give a file to somebody else: not tested");
        UserPrincipalLookupService users = file.getFileSystem().getUserPrincipalLookupService();
        PosixFileAttributeView view = Files.getFileAttributeView(file, PosixFileAttributeView.class);
        view.setOwner(users.lookupPrincipalByName("nobody"));
        view.setGroup(users.lookupPrincipalByGroupName("daemon"));
        view.setPermissions(PosixFilePermissions.fromString("rw-r-----"));
        created("acme");
        assertEquals(ExitCodes.OK, run("revoke", "acme", "key-1"), err::toString);
        PosixFileAttributes now = Files.readAttributes(file, PosixFileAttributes.class);
        assertEquals("nobody", now.owner().getName());
        assertEquals("daemon", now.group().getName());
        assertEquals("rw-r-----", PosixFilePermissions.toString(now.permissions()));
    }

    @Test
    void keysThatComeAndGoAtOnceAreNotMixedUp() throws Exception {
        written(CATALOG);
        List<String> old =
                IntStream.range(0, 8).mapToObj(number -> "old-" + number).toList();
        List<String> fresh =
                IntStream.range(0, 8).mapToObj(number -> "new-" + number).toList();
        for (String name : old) {
            created("acme", "--name", name);
        }
        try (ExecutorService both = Executors.newFixedThreadPool(2)) {
            Future<?> revoking =
                    both.submit(() -> old.forEach(name -> assertEquals(0, quietly("revoke", "acme", name))));
            Future<?> creating = both.submit(
                    () -> fresh.forEach(name -> assertEquals(0, quietly("create", "acme", "--name", name))));
            revoking.get();
            creating.get();
        }
        assertEquals(fresh, names("acme"));
    }

    private int quietly(String... arguments) {
        return GenapiCommand.commandLine()
                .setOut(new PrintWriter(Writer.nullWriter()))
                .execute(Stream.of(
                                Stream.of("keys"),
                                Stream.of(arguments),
                                Stream.of(
                                        "--file",
                                        directory.resolve("genapi.yaml").toString()))
                        .flatMap(words -> words)
                        .toArray(String[]::new));
    }

    @Test
    void aLayoutThatCannotBeEditedIsLeftAloneWithTheRemedy() throws IOException {
        String braces = "{ vendors: { v: { base-url: 'http://x' } }, models: { m: [{ vendor: v }] } }\n";
        written(braces);
        assertEquals(ExitCodes.FAILED, run("create", "acme"));
        assertTrue(err.toString().contains("Say --print"), err.toString());
        assertEquals("", out.toString());
        assertEquals(braces, text());
    }

    @Test
    void onRequestTheLinesArePrintedAndTheFileIsLeftAlone() throws IOException {
        written(CATALOG);
        assertEquals(ExitCodes.OK, run("create", "acme", "--print"));
        String key = out.toString().strip();
        assertEquals(CATALOG, text());
        String lines = err.toString();
        written(CATALOG + lines.substring(lines.indexOf("tenants:")));
        assertEquals("acme", tenants().withKey(key).orElseThrow().id().value());
    }

    @Test
    void whatIsNotThereOrThereAlreadyOrNoNameIsAMistake() throws IOException {
        written(CATALOG);
        created("acme");
        assertEquals(ExitCodes.USAGE, run("create", "acme", "--name", "key-1"));
        assertTrue(err.toString().contains("has a key named 'key-1' already"), err.toString());
        assertEquals(ExitCodes.USAGE, run("create", "a/b"));
        assertTrue(err.toString().contains("TENANT is 'a/b'"), err.toString());
        assertEquals(ExitCodes.USAGE, run("revoke", "nobody", "key-1"));
        assertTrue(err.toString().contains("names no tenant 'nobody'. It names: acme."), err.toString());
        assertEquals(ExitCodes.USAGE, run("revoke", "acme", "key-9"));
        assertTrue(err.toString().contains("It has: key-1."), err.toString());
        assertEquals(ExitCodes.USAGE, run());
    }

    private String created(String... arguments) {
        List<String> command =
                Stream.concat(Stream.of("create"), Stream.of(arguments)).toList();
        assertEquals(ExitCodes.OK, run(command.toArray(String[]::new)), err::toString);
        return out.toString().strip();
    }

    private int run(String... arguments) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        CommandLine line =
                GenapiCommand.commandLine().setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
        Stream<String> file = arguments.length == 0
                ? Stream.of()
                : Stream.of("--file", directory.resolve("genapi.yaml").toString());
        return line.execute(Stream.concat(Stream.concat(Stream.of("keys"), Stream.of(arguments)), file)
                .toArray(String[]::new));
    }

    private List<String> names(String tenant) {
        return tenant(tenant).keys().stream().map(key -> key.name()).toList();
    }

    private Tenant tenant(String id) {
        return tenants().find(new TenantId(id)).orElseThrow();
    }

    private Tenants tenants() {
        return CatalogFile.readDeclared(directory.resolve("genapi.yaml")).tenants();
    }

    private String text() throws IOException {
        return Files.readString(directory.resolve("genapi.yaml"));
    }

    private Path written(String text) throws IOException {
        return Files.writeString(directory.resolve("genapi.yaml"), text);
    }
}
