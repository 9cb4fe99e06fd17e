package io.genapi.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.genapi.runtime.tenant.ApiKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Bodies that a gateway refuses: none of them ever ends, so whoever reads one whole has no answer. */
class UnreadBodiesTest {

    private static final ApiKey ACME = ApiKey.mint(new SecureRandom());
    private static final int MAX_BODY = 100_000;

    @TempDir
    static Path data;

    private static Stack stack;

    @BeforeAll
    static void start() throws Exception {
        Path catalog = Files.writeString(
                data.resolve("genapi.yaml"), """
                vendors: { v: { base-url: 'http://127.0.0.1:1/v1' } }
                models: { gpt-4o: [{ vendor: v }] }
                tenants:
                  acme: { keys: [{ name: k, sha256: '%s' }] }
                """.formatted(ACME.hash().toHex()));
        stack = new Stack(
                data.resolve("kafka"),
                Map.of(
                        "genapi.catalog",
                        catalog.toString(),
                        "genapi.gateway.max-body-bytes",
                        Integer.toString(MAX_BODY)));
    }

    @AfterAll
    static void stop() {
        stack.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"PUT", "PATCH", "DELETE", "POST"})
    void aStrangersFormIsRefusedByItsHead(String method) throws Exception {
        try (Wire wire = new Wire(stack.gateway().port())) {
            wire.send(head(method, "/v1/jobs", "application/x-www-form-urlencoded", ""));
            assertEquals(401, wire.chunk(10 * MAX_BODY).status());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "PUT, /v1/nothing, application/x-www-form-urlencoded, 404",
        "PATCH, /v1/jobs, application/x-www-form-urlencoded, 405",
        "POST, /v1/jobs, multipart/form-data;boundary=x, 405",
        "POST, /v1/chat/completions, application/x-www-form-urlencoded, 415",
        "POST, /v1/chat/completions, multipart/form-data;boundary=x, 415",
        "POST, /v1/chat/completions, application/json, 413"
    })
    void aTenantsTooIsReadNoFurtherThanTheLimit(String method, String path, String type, int status) throws Exception {
        try (Wire wire = new Wire(stack.gateway().port())) {
            wire.send(head(method, path, type, "Authorization: Bearer " + ACME.text() + "\r\n"));
            assertEquals(status, wire.chunk(10 * MAX_BODY).status());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Bearer"})
    void whoSendsToItsEndReadsTheRefusalAndNobodySendsForEver(String scheme) throws Exception {
        try (Wire wire = new Wire(stack.gateway().port())) {
            String key = scheme.isEmpty() ? "" : "Authorization: Bearer " + ACME.text() + "\r\n";
            wire.send(head("POST", "/v1/chat/completions", "application/json", key));
            for (int part = 0; part < 40; part++) {
                wire.chunk(MAX_BODY);
            }
            wire.send("0\r\n\r\n");
            String head = wire.head();
            assertTrue(head.startsWith(scheme.isEmpty() ? "HTTP/1.1 401" : "HTTP/1.1 413"), head);
            assertTrue(head.contains("\r\nConnection: close\r\n"), head);
            assertTrue(wire.rest().contains("\"error\""));
        }
        try (Wire wire = new Wire(stack.gateway().port())) {
            wire.send(head("PUT", "/v1/jobs", "application/json", ""));
            assertEquals(401, wire.status());
            assertThrows(IOException.class, () -> sendForEver(wire));
        }
    }

    @Test
    void whoHasReadTheRefusalMayStillSendToItsEnd() throws Exception {
        try (Wire wire = new Wire(stack.gateway().port())) {
            wire.send(head("POST", "/v1/chat/completions", "application/json", ""));
            String head = wire.head();
            assertTrue(head.startsWith("HTTP/1.1 401"), head);
            assertTrue(wire.body(head).length > 0, head);
            for (int part = 0; part < 40; part++) {
                wire.chunk(1 << 20);
            }
            wire.send("0\r\n\r\n");
            assertEquals("", wire.rest(), "the connection ends in good order");
        }
    }

    /** Until the connection ends. */
    private static void sendForEver(Wire wire) throws IOException {
        while (true) {
            wire.chunk(1 << 20);
        }
    }

    @Test
    void aConnectionWhoseBodiesAreReadIsKept() throws Exception {
        try (Wire wire = new Wire(stack.gateway().port())) {
            for (int call = 0; call < 3; call++) {
                wire.send("GET /v1/models HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n");
                String head = wire.head();
                assertTrue(head.startsWith("HTTP/1.1 401") && !head.contains("Connection: close"), head);
                wire.body(head);
            }
        }
    }

    @Test
    void noHeaderMakesOneMethodAnother() throws Exception {
        try (Wire wire = new Wire(stack.gateway().port())) {
            String form = "_method=DELETE";
            wire.send(String.join(
                    "\r\n",
                    "POST /v1/models HTTP/1.1",
                    "Host: 127.0.0.1",
                    "Authorization: Bearer " + ACME.text(),
                    "X-HTTP-Method-Override: GET",
                    "Content-Type: application/x-www-form-urlencoded",
                    "Content-Length: " + form.length(),
                    "",
                    form));
            assertEquals(405, wire.status());
        }
    }

    private static String head(String method, String path, String type, String more) {
        return "%s %s HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: %s\r\nTransfer-Encoding: chunked\r\n%s\r\n"
                .formatted(method, path, type, more);
    }
}
