package io.genapi.standalone;

import io.genapi.runtime.net.Loopback;
import java.util.Map;

/** Webhooks to programs on this machine, while nobody else reaches the broker. */
final class DevelopmentReceivers {

    static final String NOTICE = "may go to programs on this machine, by plain http too, for development;"
            + " genapi.webhook.allow-loopback=false keeps them from it";

    private static final String SETTING = "genapi.webhook.allow-loopback";
    private static final String VARIABLE = "GENAPI_WEBHOOK_ALLOWLOOPBACK";

    private DevelopmentReceivers() {}

    /** What to set, where the user has said nothing else. */
    static Map<String, String> settings(StandaloneOptions options) {
        Map<String, String> environment = options.environment();
        String listening = options.settings()
                .getOrDefault("server.address", environment.getOrDefault("SERVER_ADDRESS", "127.0.0.1"));
        return Loopback.isListening(listening) && !environment.containsKey(VARIABLE)
                ? Map.of(SETTING, "true")
                : Map.of();
    }

    static boolean areAllowed(Map<String, String> settings) {
        return Boolean.parseBoolean(settings.get(SETTING));
    }
}
