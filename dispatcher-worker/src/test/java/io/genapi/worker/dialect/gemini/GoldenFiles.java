package io.genapi.worker.dialect.gemini;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The pairs of files under {@code dialect/gemini}. */
final class GoldenFiles {

    private static final JsonMapper JSON = JsonMapper.shared();

    private GoldenFiles() {}

    /** The names of the cases, or of the streams without their extension. */
    static List<String> names(String directory) {
        try (Stream<Path> files = Files.list(path(directory))) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> !name.endsWith(".json"))
                    .map(name -> name.replace(".sse", ""))
                    .sorted()
                    .toList();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    static String text(String file) {
        try {
            return Files.readString(path(file));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    static JsonNode json(String file) {
        return JSON.readTree(text(file));
    }

    private static Path path(String file) {
        try {
            return Path.of(GoldenFiles.class.getResource("/dialect/gemini").toURI())
                    .resolve(file);
        } catch (URISyntaxException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
