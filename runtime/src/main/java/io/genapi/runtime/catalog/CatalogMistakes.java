package io.genapi.runtime.catalog;

import io.genapi.runtime.service.StartException;
import java.nio.file.Path;

/** How mistakes in the catalog are told. */
record CatalogMistakes(Path file) {

    /** @param value as it is written, quoted, or what it is instead of one */
    StartException of(String setting, String value, String remedy) {
        return new StartException("%s in %s is %s: %s.".formatted(setting, file, value, remedy));
    }

    /** The value itself is not shown: somebody may have put a key there. */
    StartException noReference(String setting) {
        return new StartException(("%s in %s is not a reference. Write env:NAME, and set the key in the environment"
                        + " variable NAME; or secret:NAME, and put it into the encrypted file with ./genapi secrets edit; or"
                        + " vault:MOUNT/PATH#FIELD; keys do not belong in this file.")
                .formatted(setting, file));
    }

    /** @param reason in sentences */
    StartException noSecret(String setting, String reference, String reason) {
        return new StartException(
                "%s in %s is '%s', which cannot be had. %s".formatted(setting, file, reference, reason));
    }
}
