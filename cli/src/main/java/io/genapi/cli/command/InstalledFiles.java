package io.genapi.cli.command;

import java.nio.file.Path;

/** Files that come with the command, wherever it is called from. */
final class InstalledFiles {

    private InstalledFiles() {}

    /** The vendor catalog: of the working directory if it has one, else the one that came with the command. */
    static Path catalog() {
        Path relative = Path.of("config", "genapi.yaml");
        return relative.toFile().exists() ? relative : home().resolve(relative);
    }

    /** The checkout, as the launcher says it. */
    static Path home() {
        return Path.of(System.getProperty("genapi.home", "."));
    }
}
