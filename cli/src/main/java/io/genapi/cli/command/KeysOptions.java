package io.genapi.cli.command;

import io.genapi.runtime.catalog.CatalogFile;
import io.genapi.runtime.tenant.Tenants;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Which catalog's tenants. */
final class KeysOptions {

    @Option(
            names = "--file",
            paramLabel = "CATALOG",
            description = "The catalog that names the tenants. Default: config/genapi.yaml.")
    private Optional<Path> file = Optional.empty();

    /** As the catalog names them now. */
    Tenants tenants() {
        return CatalogFile.readDeclared(file()).tenants();
    }

    Path file() {
        return file.orElseGet(InstalledFiles::catalog);
    }
}
