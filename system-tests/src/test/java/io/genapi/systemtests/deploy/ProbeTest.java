package io.genapi.systemtests.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The images' health check, run against a server of this JVM. */
final class ProbeTest {

    private static final Repository REPOSITORY = Repository.here();

    private final HttpServer server;
    private volatile int status = 200;

    ProbeTest() throws Exception {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/health/ready", exchange -> {
            exchange.sendResponseHeaders(status, -1);
            exchange.close();
        });
    }

    @BeforeEach
    void start() {
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void succeedsWhereTheServiceIsReady() throws Exception {
        assertEquals(0, probe("/health/ready"));
    }

    @Test
    void failsWhereTheServiceIsNotReady() throws Exception {
        status = 503;
        assertNotEquals(0, probe("/health/ready"));
    }

    @Test
    void failsWhereThePathIsUnknown() throws Exception {
        assertNotEquals(0, probe("/elsewhere"));
    }

    @Test
    void failsWhereNobodyListens() throws Exception {
        server.stop(0);
        assertNotEquals(0, probe("/health/ready"));
    }

    private int probe(String path) throws Exception {
        Optional<Tool> bash = Tool.find("bash");
        if (bash.isEmpty()) {
            NotRun.because("the images' health check", "bash is not on the PATH");
        }
        return bash.orElseThrow()
                .run(
                        REPOSITORY.root(),
                        Map.of(),
                        List.of(
                                "deploy/docker/probe",
                                Integer.toString(server.getAddress().getPort()),
                                path))
                .exitCode();
    }
}
