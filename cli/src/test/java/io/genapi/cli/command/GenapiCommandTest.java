package io.genapi.cli.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import io.genapi.embeddedkafka.EmbeddedKafka;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class GenapiCommandTest {

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    private Path directory;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "up",
                "down",
                "status",
                "chat",
                "run",
                "jobs",
                "jobs list",
                "jobs show",
                "jobs cancel",
                "jobs redrive",
                "bench",
                "bench sync",
                "bench intake",
                "bench offsets",
                "bench worker",
                "bench waiting",
                "bench lanes",
                "bench batch",
                "chaos",
                "chaos workers",
                "chaos vendor",
                "chaos vendor-outage",
                "secrets",
                "secrets key",
                "secrets encrypt",
                "secrets edit",
                "secrets rotate",
                "secrets list",
                "test"
            })
    void everyCommandExplainsItself(String command) {
        assertEquals(ExitCodes.OK, run((command + " --help").split(" ")));
        assertTrue(out.toString().startsWith("Usage: genapi " + command), out.toString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "up --no-such-option",
                "chat",
                "chat hello --stream --async",
                "run",
                "jobs",
                "jobs show",
                "jobs cancel",
                "jobs redrive --all 7",
                "jobs redrive --list --all",
                "jobs redrive seven",
                "jobs redrive --bootstrap nowhere",
                "jobs redrive --status failed",
                "jobs redrive --since 1h",
                "jobs redrive --status succeeded --since 1h",
                "jobs redrive --status failed --since soon",
                "jobs redrive --status failed --since 1h --all",
                "bench",
                "bench intake --jobs 5",
                "bench intake --latency soon",
                "bench intake --contenders parallel",
                "bench offsets --seconds 0",
                "bench lanes --in-flight 5",
                "bench lanes --rate 50",
                "bench lanes --latency soon",
                "bench lanes --time 0s",
                "bench batch --lines 50001",
                "bench batch --line-bytes 5000",
                "secrets",
                "secrets list --of-no-use",
                "secrets encrypt one two",
                "chaos",
                "chaos workers --episodes quiet,earthquake",
                "chaos workers --brokers 4",
                "chaos workers --brokers 1 --episodes broker-crash",
                "chaos vendor --kind refused,flood",
                "chaos vendor --rate 0",
                "chaos vendor --fault-for soon",
                "chaos vendor --workers 100",
                "chaos vendor-outage --kind flood",
                "chaos vendor-outage --outage soon",
                "no-such-command",
                "up --port many"
            })
    void aWrongCommandLineIsToldWithoutAStackTrace(String command) {
        assertEquals(ExitCodes.USAGE, run(command.split(" ")));
        assertFalse(err.toString().contains("\tat "), err.toString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "status",
                "chat hello",
                "chat hello --stream",
                "jobs list",
                "jobs show job_x",
                "jobs cancel job_x job_y"
            })
    void saysHowToStartABrokerWhereNoneAnswers(String command) {
        String url = "http://127.0.0.1:" + EmbeddedKafka.freePort();
        assertEquals(ExitCodes.UNAVAILABLE, run((command + " --url " + url).split(" ")));
        assertEquals(
                "No gateway answers at " + url
                        + " (ConnectException). Start one with ./genapi up, or name another one with --url URL.",
                err.toString().strip());
    }

    @Test
    void namesThePortThatIsTaken() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            int port = taken.getLocalPort();
            assertEquals(ExitCodes.FAILED, run("up", "--port", Integer.toString(port), "--data", directory.toString()));
            assertEquals(
                    "Port " + port + " is in use. Stop what listens there, or choose another with --port.",
                    err.toString().strip());
        }
    }

    @Test
    void namesTheCatalogThatCannotBeRead() {
        Path absent = directory.resolve("absent.yaml");
        assertEquals(
                ExitCodes.FAILED,
                run(
                        "up",
                        "--port",
                        "0",
                        "--kafka-port",
                        "0",
                        "--data",
                        directory.toString(),
                        "--config",
                        absent.toString()));
        assertEquals(
                "The vendor catalog '" + absent + "' cannot be read. Name another file with --config FILE.",
                err.toString().strip());
    }

    @Test
    void submitsNothingOfAFileThatIsWrong() throws IOException {
        Path file = Files.writeString(directory.resolve("batch.jsonl"), "not json\n");
        String nobody = "http://127.0.0.1:" + EmbeddedKafka.freePort();
        assertEquals(ExitCodes.USAGE, run("run", file.toString(), "--url", nobody));
        assertTrue(err.toString().contains("line 1 is not a JSON object"), err.toString());
    }

    @Test
    void cancelsEveryJobAndTellsHowEachStandsAndWhichCouldNotBe() throws IOException {
        HttpServer gateway = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        gateway.createContext("/v1/jobs/job_ended/cancel", answering(200, "{\"status\":\"cancelled\"}"));
        gateway.createContext("/v1/jobs/job_open/cancel", answering(202, "{\"status\":\"running\"}"));
        gateway.createContext("/v1/jobs/job_none/cancel", answering(404, "{\"error\":{\"message\":\"No such job.\"}}"));
        gateway.start();
        try {
            String url = "http://127.0.0.1:" + gateway.getAddress().getPort();
            assertEquals(ExitCodes.OK, run("jobs", "cancel", "job_ended", "job_open", "--url", url));
            assertEquals(
                    List.of(
                            "job_ended                       cancelled",
                            "job_open                        running, and will be cancelled"),
                    out.toString().lines().toList());
            assertEquals(ExitCodes.FAILED, run("jobs", "cancel", "job_none", "job_ended", "--url", url));
            assertEquals("job_none: No such job.", err.toString().strip());
            assertEquals(3, out.toString().lines().count());
        } finally {
            gateway.stop(0);
        }
    }

    private static HttpHandler answering(int status, String body) {
        return exchange -> {
            try (exchange) {
                byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
                exchange.sendResponseHeaders(exchange.getRequestMethod().equals("POST") ? status : 405, bytes.length);
                exchange.getResponseBody().write(bytes);
            }
        };
    }

    @Test
    void stopsNothingWhereNothingRuns() {
        assertEquals(ExitCodes.OK, run("down", "--data", directory.toString()));
        assertEquals("No broker runs on '" + directory + "'.", out.toString().strip());
    }

    private int run(String... arguments) {
        CommandLine command = GenapiCommand.commandLine();
        command.setOut(new PrintWriter(out, true));
        command.setErr(new PrintWriter(err, true));
        return command.execute(arguments);
    }
}
