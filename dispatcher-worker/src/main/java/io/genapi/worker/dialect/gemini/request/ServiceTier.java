package io.genapi.worker.dialect.gemini.request;

import tools.jackson.databind.node.ObjectNode;

/** At which priority and price the request is served. */
final class ServiceTier {

    private ServiceTier() {}

    static void write(Fields request, ObjectNode body) {
        request.text("service_tier").ifPresent(tier -> {
            switch (tier) {
                case "auto" -> {}
                case "default" -> body.put("serviceTier", "standard");
                case "flex", "priority" -> body.put("serviceTier", tier);
                default ->
                    request.findings()
                            .omitted(
                                    "service_tier",
                                    "has no tier '" + tier + "'",
                                    "Send auto, default, flex or priority, or leave it out.");
            }
        });
    }
}
