package io.genapi.systemtests.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Other people's programs that read compose files. */
final class ComposeSpecificationTest {

    private static final Repository REPOSITORY = Repository.here();
    private static final Path SOURCES = REPOSITORY.file("system-tests/src/test/node/compose");

    @Test
    void theFileFollowsTheSpecificationAndTheLintersRules() throws Exception {
        Optional<Tool> npm = Tool.find("npm");
        Optional<Tool> node = Tool.find("node");
        if (npm.isEmpty() || node.isEmpty()) {
            NotRun.because("the Compose Specification's schema (dclint)", "npm is not on the PATH");
            return;
        }
        Path directory = installed(npm.get());
        Tool.Outcome outcome = node.get()
                .run(
                        directory,
                        Map.of(),
                        List.of(
                                "node_modules/dclint/bin/dclint.cjs",
                                "--config=dclint.json",
                                "--max-warnings=0",
                                REPOSITORY.file("docker-compose.yml").toString()));
        assertEquals(0, outcome.exitCode(), outcome.output());
    }

    @Test
    void composeItselfReadsTheFile() throws Exception {
        Optional<Tool> docker = Tool.find("docker");
        if (docker.isEmpty()) {
            NotRun.because("docker compose config", "docker is not on the PATH");
            return;
        }
        if (docker.get()
                        .run(REPOSITORY.root(), Map.of(), List.of("compose", "version"))
                        .exitCode()
                != 0) {
            NotRun.because("docker compose config", "docker has no compose plugin");
        }
        for (String file : List.of("/dev/null", "deploy/simulator.env")) {
            Tool.Outcome outcome = docker.get()
                    .run(REPOSITORY.root(), Map.of(), List.of("compose", "--env-file", file, "config", "--quiet"));
            assertEquals(0, outcome.exitCode(), outcome.output());
        }
    }

    private static Path installed(Tool npm) throws IOException, InterruptedException {
        Path directory = Files.createDirectories(REPOSITORY.file("system-tests/target/compose-checks"));
        for (String file : List.of("package.json", "package-lock.json", ".npmrc", "dclint.json")) {
            Files.copy(SOURCES.resolve(file), directory.resolve(file), StandardCopyOption.REPLACE_EXISTING);
        }
        Tool.Outcome outcome = npm.run(directory, Map.of(), List.of("ci", "--prefer-offline"));
        assertEquals(0, outcome.exitCode(), outcome.output());
        return directory;
    }
}
