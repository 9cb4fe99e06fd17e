package io.genapi.store.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.sun.net.httpserver.HttpServer;
import io.genapi.schemas.job.JobId;
import io.genapi.schemas.job.TenantId;
import io.genapi.store.query.Owners;
import io.genapi.store.query.Ownership;
import io.genapi.store.tenant.DayTokens;
import io.genapi.store.tenant.TenantLedger;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TenantSumsTest {

    private static final TenantId ACME = new TenantId("acme");
    private static final LocalDate TODAY = LocalDate.of(2026, 1, 31);

    private final TenantLedger ledger = new TenantLedger();
    private boolean fresh = true;
    private final List<HttpServer> servers = new ArrayList<>();

    @AfterEach
    void stop() {
        servers.forEach(server -> server.stop(0));
    }

    @Test
    void addUpWhatOthersTellAndNoPartTwice() throws Exception {
        TenantLedger.Page own = ledger.page(0, TenantLedger.Page::new);
        own.opened(ACME, JobId.mint(Instant.EPOCH, new Random(1)));
        own.spent(ACME, new DayTokens(TODAY, 5));
        String acme = "{\"acme\":{\"open\":%d,\"tokens\":%d}}";
        URI moving = peer("{\"0\":%s,\"1\":%s}".formatted(acme.formatted(9, 9), acme.formatted(2, 10)));
        URI other = peer("{\"1\":%s,\"2\":{\"b\":{\"open\":1,\"tokens\":0}}}".formatted(acme.formatted(9, 9)));
        assertEquals(
                "{\"acme\":{\"open\":3,\"tokens\":15},\"b\":{\"open\":1,\"tokens\":0}}", everywhere(moving, other));
        assertEquals("{\"0\":{\"acme\":{\"open\":1,\"tokens\":5}}}", new String(sums().here(TODAY), UTF_8));
    }

    @Test
    void areUnknownWhileAPartIsMissing() throws Exception {
        TenantLedger.Page _ = ledger.page(0, TenantLedger.Page::new);
        assertEquals("unknown", everywhere(peer("{\"1\":{}}")));
        assertEquals("unknown", everywhere(peer("{\"1\":{}}"), peer("{\"acme\":{\"open\":3,\"tokens\":15}}")));
        assertEquals("{}", everywhere(peer("{\"1\":{}}"), peer("{\"2\":{}}")));
    }

    @Test
    void areUnknownWhileThisPartLagsBehind() throws Exception {
        TenantLedger.Page _ = ledger.page(0, TenantLedger.Page::new);
        fresh = false;
        assertEquals("unknown", everywhere(peer("{\"1\":{},\"2\":{}}")));
        assertEquals("{}", new String(sums().here(TODAY), UTF_8));
        assertEquals("{}", everywhere(peer("{\"0\":{},\"1\":{},\"2\":{}}")));
    }

    private String everywhere(URI... others) throws InterruptedException {
        return sums(others)
                .everywhere(TODAY)
                .map(json -> new String(json, UTF_8))
                .orElse("unknown");
    }

    private TenantSums sums(URI... others) {
        Owners owners = new Owners() {
            @Override
            public Ownership of(JobId id) {
                throw new UnsupportedOperationException("nobody asks for a job");
            }

            @Override
            public List<URI> others() {
                return List.of(others);
            }
        };
        return new TenantSums(ledger, (parts, _) -> fresh ? parts : Set.of(), owners, new PeerClient(), 3);
    }

    private URI peer(String answer) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/store/tenants", exchange -> {
            byte[] body = answer.getBytes(UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        servers.add(server);
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }
}
