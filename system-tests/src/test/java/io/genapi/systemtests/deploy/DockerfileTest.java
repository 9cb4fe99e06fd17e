package io.genapi.systemtests.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.genapi.systemtests.deploy.Dockerfile.Instruction;
import io.genapi.systemtests.deploy.Dockerfile.Stage;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class DockerfileTest {

    private static final Repository REPOSITORY = Repository.here();
    private static final Dockerfile DOCKERFILE = Dockerfile.parse(REPOSITORY.text("deploy/docker/Dockerfile"));
    private static final Pattern BUILT = Pattern.compile("/src/([a-z-]+)/target/(lib|([a-z-]+)-\\*\\.jar)");

    @Test
    void baseImagesArePinnedToJava25() {
        DOCKERFILE
                .roots()
                .forEach(stage -> assertTrue(
                        stage.base().matches("[a-z-]+:([\\d.]+-eclipse-temurin-)?25(-jre-[a-z]+)?"), stage.base()));
    }

    @Test
    void everyServiceThatComposeBuildsHasATarget() {
        ComposeFile.read(REPOSITORY, Map.of()).ours().forEach(service -> {
            assertEquals(".", service.node().at("/build/context").asString(), service.name());
            assertEquals(
                    "deploy/docker/Dockerfile",
                    service.node().at("/build/dockerfile").asString(),
                    service.name());
            String target = service.node().at("/build/target").asString();
            assertTrue(DOCKERFILE.stage(target).isPresent(), service.name() + ": no stage is named " + target);
        });
    }

    @Test
    void servicesRunWithoutRootAndReceiveSignals() {
        services().forEach(stage -> {
            String user = DOCKERFILE.last(stage, "USER").map(Instruction::text).orElse("root");
            assertTrue(user.matches("[1-9]\\d*:[1-9]\\d*"), stage.name() + " runs as " + user);
            List<String> start =
                    DOCKERFILE.last(stage, "ENTRYPOINT").map(Instruction::exec).orElse(List.of());
            assertEquals(List.of("java", "-jar"), start.subList(0, 2), stage.name() + " starts with " + start);
            assertTrue(
                    stage.all("COPY").anyMatch(copy -> copy.target().equals(start.get(2))),
                    stage.name() + " has no " + start.get(2));
        });
    }

    @Test
    void whatIsCopiedFromTheRepositoryIsThere() {
        DOCKERFILE.stages().stream()
                .flatMap(stage -> stage.all("COPY"))
                .filter(copy -> copy.flag("from").isEmpty())
                .flatMap(copy -> copy.sources().stream())
                .forEach(source -> {
                    assertTrue(Files.exists(REPOSITORY.file(source)), source + " does not exist");
                    assertFalse(isIgnored(source), source + " is named in .dockerignore");
                });
    }

    @Test
    void whatIsCopiedFromAnEarlierStageIsBuiltThere() {
        String build = instructions("build", "RUN").getLast().text();
        Matcher modules = Pattern.compile("-pl ([a-z,-]+)").matcher(build);
        assertTrue(modules.find() && build.contains(" -am "), build);
        List<String> built = List.of(modules.group(1).split(",", -1));
        assertTrue(REPOSITORY.modules().containsAll(built), built + " are not all modules of the reactor");
        services().flatMap(stage -> stage.all("COPY")).forEach(copy -> {
            assertEquals("build", copy.flag("from").orElse(""), copy.text());
            copy.sources().forEach(source -> {
                Matcher path = BUILT.matcher(source);
                assertTrue(path.matches(), source);
                assertTrue(built.contains(path.group(1)), source + " is of no module that is built");
                assertTrue(path.group(3) == null || path.group(3).equals(path.group(1)), source);
            });
        });
    }

    /** Maven reads the parent and every module's pom, whichever modules it builds. */
    @Test
    void theBuildSeesTheWholeReactor() {
        assertEquals(List.of("."), instructions("build", "COPY").getFirst().sources());
        Stream.concat(
                        Stream.of("pom.xml"),
                        REPOSITORY.modules().stream()
                                .flatMap(module -> Stream.of(module, module + "/pom.xml", module + "/src/main/java")))
                .forEach(path -> assertFalse(isIgnored(path), path + " is named in .dockerignore"));
    }

    @Test
    void secretsAndBuildResultsStayOutOfTheContext() {
        for (String path : List.of(".env", ".git", "deploy/some.env", "data", "cli/target", "a/b/node_modules")) {
            assertTrue(isIgnored(path), path + " is not named in .dockerignore");
        }
    }

    @Test
    void theVirtualMachineAcceptsItsOptions() throws Exception {
        String environment = DOCKERFILE
                .last(DOCKERFILE.stage("runtime").orElseThrow(), "ENV")
                .orElseThrow()
                .text();
        Matcher options = Pattern.compile("JAVA_TOOL_OPTIONS=\"(.+?)\"").matcher(environment);
        assertTrue(options.find(), environment);
        assertTrue(options.group(1).contains("-XX:MaxRAMPercentage="), options.group(1));
        assertTrue(options.group(1).contains("--enable-native-access=ALL-UNNAMED"), options.group(1));
        Tool.Outcome outcome = new Tool(Path.of(System.getProperty("java.home"), "bin", "java"))
                .run(REPOSITORY.root(), Map.of("JAVA_TOOL_OPTIONS", options.group(1)), List.of("-version"));
        assertEquals(0, outcome.exitCode(), outcome.output());
        assertFalse(outcome.output().toLowerCase(Locale.ROOT).contains("warning"), outcome.output());
    }

    private static Stream<Stage> services() {
        return DOCKERFILE.stages().stream().filter(stage -> stage.base().equals("runtime"));
    }

    private static List<Instruction> instructions(String stage, String keyword) {
        return DOCKERFILE.stage(stage).orElseThrow().all(keyword).toList();
    }

    /** Whether a pattern of {@code .dockerignore} matches the path or a directory above it. */
    private static boolean isIgnored(String path) {
        List<String> patterns = REPOSITORY
                .text(".dockerignore")
                .lines()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .toList();
        return Stream.iterate(Path.of(path), at -> at != null, Path::getParent)
                .anyMatch(at -> patterns.stream().anyMatch(pattern -> matches(pattern, at)));
    }

    private static boolean matches(String pattern, Path path) {
        // Docker's leading **/ matches no directory as well; Java's wants at least one.
        return Stream.of(pattern, pattern.replaceFirst("^\\*\\*/", ""))
                .anyMatch(glob ->
                        FileSystems.getDefault().getPathMatcher("glob:" + glob).matches(path));
    }
}
