package io.genapi.systemtests.deploy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The checked-out repository that the tests run in. */
record Repository(Path root) {

    /** The nearest directory above the working directory that has a compose file. */
    static Repository here() {
        for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
            if (Files.exists(at.resolve("docker-compose.yml"))) {
                return new Repository(at);
            }
        }
        throw new IllegalStateException(
                "no docker-compose.yml above " + Path.of("").toAbsolutePath());
    }

    Path file(String path) {
        return root.resolve(path);
    }

    String text(String path) {
        return text(file(path));
    }

    static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** The modules of the parent's reactor. */
    List<String> modules() {
        return Pattern.compile("<module>(.+?)</module>")
                .matcher(text("pom.xml"))
                .results()
                .map(found -> found.group(1))
                .toList();
    }

    /** A property of the parent. */
    String property(String name) {
        Matcher property = Pattern.compile("<%1$s>(.+?)</%1$s>".formatted(Pattern.quote(name)))
                .matcher(text("pom.xml"));
        if (!property.find()) {
            throw new IllegalArgumentException("pom.xml has no property " + name);
        }
        return property.group(1);
    }

    /** The environment variables that {@code config/genapi.yaml} takes keys from. */
    List<String> vendorKeys() {
        return Pattern.compile("api-key: env:(\\w+)")
                .matcher(text("config/genapi.yaml"))
                .results()
                .map((MatchResult found) -> found.group(1))
                .distinct()
                .sorted()
                .toList();
    }
}
