package io.genapi.simulator.commandline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.genapi.simulator.SimulatorOptions;
import io.genapi.simulator.VendorSimulator;
import io.genapi.simulator.behaviour.Behaviour;
import io.genapi.simulator.fault.RetryAfter;
import io.genapi.simulator.latency.Latency;
import io.genapi.simulator.tls.Encryption;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class SimulatorCommandTest {

    private final CommandLine commandLine = SimulatorMain.commandLine();
    private final StringWriter errors = new StringWriter();

    @Test
    void turnsEveryArgumentIntoAnOption() {
        commandLine.parseArgs(
                ("--port 0 --tls self-signed --key a --key b --model m --latency lognormal:mean=2s,sigma=0.5 --time-per-token 20ms"
                                + " --error-rate 0.1 --error-status 500,429 --retry-after 3 --requests-per-minute 60"
                                + " --seed 7 --journal 5")
                        .split(" "));
        Behaviour behaviour = Behaviour.PROMPT
                .withLatency(Latency.logNormal(Duration.ofSeconds(2), 0.5))
                .withTimePerToken(Duration.ofMillis(20))
                .withErrorRate(0.1, 500, 429)
                .withRetryAfter(RetryAfter.ofSeconds(3))
                .withRequestsPerMinute(60);
        assertEquals(
                SimulatorOptions.PLAIN
                        .withEncryption(Encryption.SELF_SIGNED)
                        .withKeys("a", "b")
                        .withModels("m")
                        .withSeed(7)
                        .withJournalCapacity(5)
                        .withBehaviour(behaviour),
                commandLine.<SimulatorCommand>getCommand().options());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    --latency=soon             | latency 'soon'
                    --error-rate=1.5           | error rate: 1.5
                    --error-status=200         | error status: [200]
                    --port=70000               | port: 70000
                    --requests-per-minute=0    | requests per minute: 0
                    --tls=perhaps              | tls 'perhaps'
                    --journal=0                | journal capacity: 0
                    --nonsense                 | --nonsense
                    """)
    void refusesAWrongArgumentByNameAndValue(String argument, String named) {
        assertEquals(2, commandLine.setErr(new PrintWriter(errors)).execute(argument));
        assertTrue(errors.toString().contains(named), errors.toString());
    }

    @Test
    void saysWhichPortIsTaken() {
        try (VendorSimulator running = VendorSimulator.start()) {
            String port = Integer.toString(running.port());
            assertEquals(1, commandLine.setErr(new PrintWriter(errors)).execute("--port", port));
            assertTrue(errors.toString().contains("127.0.0.1:" + port), errors.toString());
        }
    }
}
