package io.genapi.runtime.secret.file;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * The encrypted file that {@code secret:NAME} leads to: {@code genapi.secrets.*}.
 *
 * @param file by default {@code secrets.enc} beside the catalog; text, as in {@code CatalogSettings}
 * @param keyFile that holds its key and is only its owner's; by default the key is {@code GENAPI_SECRETS_KEY} in the
 *     environment
 */
@ConfigurationProperties("genapi.secrets")
public record SecretsFileSettings(
        @Nullable String file, @Nullable String keyFile) {

    public Path file(Path catalog) {
        return file == null ? catalog.resolveSibling(SecretsFile.NAME) : Path.of(file);
    }

    public FileSecrets secrets(Path catalog, Map<String, String> environment) {
        return new FileSecrets(
                new SecretsFile(file(catalog)),
                new KeyPlace(
                        Optional.ofNullable(keyFile).map(Path::of),
                        "genapi.secrets.key-file",
                        KeyPlace.VARIABLE,
                        environment));
    }
}
