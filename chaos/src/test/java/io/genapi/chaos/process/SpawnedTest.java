package io.genapi.chaos.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.genapi.chaos.patience.Eventually;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpawnedTest {

    @TempDir
    private Path directory;

    private Spawned shell(String script) {
        return Spawned.start("shell", directory, List.of("sh", "-c", script), Map.of("GREETING", "good day"));
    }

    @Test
    void runsInItsDirectoryWithItsEnvironmentAndKeepsItsOutput() {
        try (Spawned shell = shell("pwd; echo $GREETING >&2; exit 3")) {
            assertEquals(3, shell.awaitEnd());
            assertTrue(shell.log().contains(directory.getFileName().toString()), shell.log());
            assertTrue(shell.log().contains("good day"), shell.log());
        }
    }

    @Test
    void letsAProcessEndInGoodOrder() {
        try (Spawned shell = shell("trap 'echo bye; exit 0' TERM; echo ready; while :; do sleep 0.05; done")) {
            Eventually.holds("it is ready", () -> shell.log().contains("ready"));
            assertEquals(0, shell.terminate());
            assertTrue(shell.log().contains("bye"), shell.log());
        }
    }

    @Test
    void killsWhatDoesNotWantToEnd() {
        try (Spawned shell = shell("trap '' TERM; echo ready; while :; do sleep 0.05; done")) {
            Eventually.holds("it is ready", () -> shell.log().contains("ready"));
            shell.kill();
            assertFalse(shell.isAlive());
            assertTrue(Spawned.report().contains("shell, ended with"), Spawned.report());
        }
    }
}
