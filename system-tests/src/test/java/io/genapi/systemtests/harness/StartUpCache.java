package io.genapi.systemtests.harness;

import io.genapi.chaos.patience.GivenUpException;
import io.genapi.chaos.process.Spawned;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * The launcher's cache of loaded and linked classes (JEP 483), made once if the tree's is older than the tree: a process that
 * has it needs a third of the time to start. Thread-safe.
 */
final class StartUpCache {

    private StartUpCache() {}

    private static final class Made {
        private static final List<String> OPTIONS = make();
    }

    /** What makes Java use it; nothing where it cannot be made. */
    static List<String> options() {
        return Made.OPTIONS;
    }

    private static List<String> make() {
        Path jar = Checkout.jar("cli");
        Path cache = jar.resolveSibling("genapi.aot");
        if (isOlder(cache, jar)) {
            Path directory = Checkout.emptyDirectory("start-up-cache");
            List<String> command = List.of(Checkout.root().resolve("genapi").toString(), "--train");
            try (Spawned training = Spawned.start("training", directory, command, Map.of())) {
                training.awaitEnd();
            } catch (GivenUpException slow) {
                System.out.println(slow.getMessage());
            }
        }
        if (isOlder(cache, jar)) {
            System.out.println("There is no start-up cache; processes start slowly");
            return List.of();
        }
        return List.of("-XX:AOTCache=" + cache);
    }

    private static boolean isOlder(Path cache, Path jar) {
        try {
            return !Files.exists(cache)
                    || Files.getLastModifiedTime(cache).compareTo(Files.getLastModifiedTime(jar)) < 0;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
