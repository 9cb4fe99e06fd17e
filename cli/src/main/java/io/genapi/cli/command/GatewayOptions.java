package io.genapi.cli.command;

import io.genapi.cli.client.Gateway;
import io.genapi.runtime.log.SecretMask;
import io.genapi.standalone.StandaloneState;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How a command finds its gateway: as told, else the broker that runs on the data directory, else the usual port. */
final class GatewayOptions {

    private static final URI USUAL = URI.create("http://127.0.0.1:8080");

    @Option(
            names = "--url",
            paramLabel = "URL",
            description =
                    "The gateway; where it has tenants, GENAPI_API_KEY in the environment is the key. Default: the broker"
                            + " that runs on the data directory, else http://127.0.0.1:8080.")
    private @Nullable URI url;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "The data directory of a local broker. Default: ${DEFAULT-VALUE}.",
            defaultValue = "data")
    private Path data = Path.of("data");

    GatewayOptions() {}

    /** As if they were given. */
    GatewayOptions(Optional<String> url, Path data) {
        this.url = url.map(URI::create).orElse(null);
        this.data = data;
    }

    Path data() {
        return data;
    }

    /** The gateway that the user means, whether or not it answers. */
    Gateway gateway() {
        return new Gateway(address(), apiKey());
    }

    /** The address was given, or a local broker runs. */
    boolean isKnown() {
        return url != null || StandaloneState.read(data).isPresent();
    }

    private URI address() {
        if (url != null) {
            String text = url.toString();
            return URI.create(text.endsWith("/") ? text.substring(0, text.length() - 1) : text);
        }
        return StandaloneState.read(data).map(StandaloneState::gateway).orElse(USUAL);
    }

    /** The caller's, from the environment; from then on no log line shows it. */
    static Optional<String> apiKey() {
        Optional<String> key =
                Optional.ofNullable(System.getenv("GENAPI_API_KEY")).filter(given -> !given.isBlank());
        key.ifPresent(secret -> SecretMask.learn(secret.toCharArray()));
        return key;
    }
}
