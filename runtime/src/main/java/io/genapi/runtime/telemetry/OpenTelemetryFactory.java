package io.genapi.runtime.telemetry;

import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.autoconfigure.AutoConfiguredOpenTelemetrySdk;
import java.util.HashMap;
import java.util.Map;

/**
 * Builds OpenTelemetry from its own environment variables ({@code OTEL_EXPORTER_OTLP_ENDPOINT}, …). Without them spans
 * are made and their context travels, but nothing is exported.
 */
public final class OpenTelemetryFactory {

    private OpenTelemetryFactory() {}

    /**
     * Returns an SDK of the caller's own, to be closed by it.
     *
     * @param service the default of {@code OTEL_SERVICE_NAME}
     */
    public static OpenTelemetrySdk create(String service, Map<String, String> environment) {
        Map<String, String> settings = new HashMap<>();
        settings.put("otel.service.name", service);
        settings.put("otel.metrics.exporter", "none");
        settings.put("otel.logs.exporter", "none");
        settings.put("otel.exporter.otlp.protocol", "http/protobuf");
        boolean exports = environment.containsKey("OTEL_EXPORTER_OTLP_ENDPOINT")
                || environment.containsKey("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT");
        settings.put("otel.traces.exporter", exports ? "otlp" : "none");
        return AutoConfiguredOpenTelemetrySdk.builder()
                .addPropertiesSupplier(() -> settings)
                .disableShutdownHook()
                .build()
                .getOpenTelemetrySdk();
    }
}
