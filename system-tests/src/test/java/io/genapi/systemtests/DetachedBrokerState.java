package io.genapi.systemtests;

import java.nio.file.Files;
import java.nio.file.Path;

/** What a running broker leaves in its data directory. */
final class DetachedBrokerState {

    private DetachedBrokerState() {}

    static boolean exists(Path data) {
        return Files.exists(data.resolve("standalone.json"));
    }
}
