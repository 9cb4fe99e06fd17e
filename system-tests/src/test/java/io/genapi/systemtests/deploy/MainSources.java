package io.genapi.systemtests.deploy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The Java sources of all modules, to ask whether something that a deployment file names is there. */
final class MainSources {

    private static final Pattern SETTINGS = Pattern.compile("@ConfigurationProperties\\(\"([a-z.-]+)\"\\)");

    private final List<String> texts;

    private MainSources(List<String> texts) {
        this.texts = List.copyOf(texts);
    }

    static MainSources of(Repository repository) throws IOException {
        List<String> texts = new ArrayList<>();
        for (String module : repository.modules()) {
            Path sources = repository.file(module + "/src/main/java");
            if (Files.isDirectory(sources)) {
                try (Stream<Path> files = Files.walk(sources)) {
                    files.filter(file -> file.toString().endsWith(".java"))
                            .map(Repository::text)
                            .forEach(texts::add);
                }
            }
        }
        return new MainSources(texts);
    }

    /** Whether the code reads this environment variable by its name or binds it to a setting. */
    boolean knowsVariable(String name) {
        return texts.stream()
                        .anyMatch(text -> Pattern.compile("\\b" + name + "\\b")
                                .matcher(text)
                                .find())
                || knowsSetting(
                        name.toLowerCase(Locale.ROOT).replaceFirst("_", ".").replace('_', '-'));
    }

    /** Whether a record of settings has this one, such as {@code genapi.store.state-dir}. */
    boolean knowsSetting(String setting) {
        return texts.stream().anyMatch(text -> text.contains("\"" + setting + "\"") || declares(text, setting));
    }

    private static boolean declares(String text, String setting) {
        Matcher settings = SETTINGS.matcher(text);
        if (!settings.find() || !setting.startsWith(settings.group(1) + ".")) {
            return false;
        }
        String component = Pattern.compile("-(\\w)")
                .matcher(setting.substring(settings.group(1).length() + 1))
                .replaceAll(letter -> letter.group(1).toUpperCase(Locale.ROOT));
        return Pattern.compile("\\s" + Pattern.quote(component) + "[,)]")
                .matcher(text)
                .find();
    }
}
