package io.genapi.systemtests.harness;

import io.genapi.chaos.process.Installation;
import io.genapi.chaos.process.Program;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** Where the built tree, its JVM and the tests' own files are; the build says it in system properties. */
public final class Checkout {

    private Checkout() {}

    public static Path root() {
        return Path.of(property("genapi.root")).toAbsolutePath().normalize();
    }

    /** A module's own jar, which runs with the lib directory beside it. */
    public static Path jar(String module) {
        Path jar = root().resolve(module).resolve("target").resolve(module + "-" + property("genapi.version") + ".jar");
        if (!Files.exists(jar)) {
            throw new IllegalStateException(jar + " is missing; build it with: mvn package");
        }
        return jar;
    }

    /** An empty directory of one test's own, which stays after it. */
    public static Path emptyDirectory(String name) {
        Path directory = Path.of(property("genapi.work")).resolve(name).toAbsolutePath();
        try {
            if (Files.exists(directory)) {
                try (Stream<Path> paths = Files.walk(directory)) {
                    for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                        Files.delete(path);
                    }
                }
            }
            return Files.createDirectories(directory);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** The programs of the built tree, from the command line's classpath, as {@code ./genapi} starts them: quickly. */
    public static Installation installation() {
        return new Programs(program -> {
            List<String> command = java(program.heapMegabytes());
            command.addAll(StartUpCache.options());
            command.addAll(List.of("-cp", jar("cli").toString(), program.mainClass()));
            return command;
        });
    }

    /** The same programs, each from the jar of its module, as they run in containers. */
    static Installation modules() {
        return new Programs(program -> {
            List<String> command = java(program.heapMegabytes());
            command.addAll(List.of("-cp", jar(program.module()).toString(), program.mainClass()));
            return command;
        });
    }

    private record Programs(Function<Program, List<String>> commands) implements Installation {
        @Override
        public List<String> command(Program program) {
            return commands.apply(program);
        }

        @Override
        public Path catalog() {
            return root().resolve("config/genapi.yaml");
        }
    }

    static List<String> java(int heapMegabytes) {
        return new ArrayList<>(List.of(
                javaExecutable().toString(),
                "-Xmx" + heapMegabytes + "m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow"));
    }

    public static Path javaExecutable() {
        return Path.of(System.getProperty("java.home"), "bin", "java");
    }

    /** The tests' own classpath, for stock tools that come with their dependencies. */
    static String classpath() {
        return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    }

    private static String property(String name) {
        return Optional.ofNullable(System.getProperty(name))
                .orElseThrow(() -> new IllegalStateException("the system property " + name
                        + " is not set; run the system tests with: mvn -pl system-tests -am verify"));
    }
}
