package io.genapi.systemtests.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the images copy out of the build, looked at in this machine's own build. */
final class BuiltLayoutTest {

    private static final Repository REPOSITORY = Repository.here();

    @ParameterizedTest
    @CsvSource({
        "gateway-api, io.genapi.gateway.GatewayService",
        "dispatcher-worker, io.genapi.worker.WorkerService",
        "result-store, io.genapi.store.StoreService",
        "vendor-simulator, io.genapi.simulator.commandline.SimulatorMain"
    })
    void oneJarStartsTheServiceWithItsLibrariesBesideIt(String module, String mainClass) throws Exception {
        Path target = REPOSITORY.file(module + "/target");
        List<Path> jars = jars(target, module);
        if (jars.isEmpty()) {
            NotRun.because("the layout of " + module, "it is not packaged; mvn verify packages it first");
        }
        assertEquals(1, jars.size(), "COPY needs exactly one: " + jars);
        try (JarFile jar = new JarFile(jars.getFirst().toFile())) {
            Attributes manifest = jar.getManifest().getMainAttributes();
            assertEquals(mainClass, manifest.getValue(Attributes.Name.MAIN_CLASS));
            assertNotNull(jar.getEntry(mainClass.replace('.', '/') + ".class"), mainClass + " is not in " + jars);
            for (String library : manifest.getValue(Attributes.Name.CLASS_PATH).split(" ", -1)) {
                assertTrue(library.startsWith("lib/") && Files.exists(target.resolve(library)), library);
            }
        }
    }

    private static List<Path> jars(Path target, String module) throws IOException {
        List<Path> jars = new ArrayList<>();
        if (Files.isDirectory(target)) {
            try (DirectoryStream<Path> found = Files.newDirectoryStream(target, module + "-*.jar")) {
                found.forEach(jars::add);
            }
        }
        return jars;
    }
}
