package io.genapi.worker.dialect.gemini.request;

import java.util.Locale;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** How closely images are looked at, which Gemini is told once for all of them. */
final class Resolution {

    private final Findings findings;
    private Optional<String> detail = Optional.empty();

    Resolution(Findings findings) {
        this.findings = findings;
    }

    /** Takes note of one image's {@code detail}. */
    void note(Fields image) {
        image.text("detail").filter(wanted -> !wanted.equals("auto")).ifPresent(wanted -> {
            if (!wanted.equals("low") && !wanted.equals("high")) {
                findings.omitted(image.at("detail"), "knows no detail '" + wanted + "'", "Send auto, low or high.");
            } else if (detail.isPresent() && !detail.get().equals(wanted)) {
                findings.omitted(
                        image.at("detail"),
                        "looks at all images of a request with one detail, and another one asks for " + detail.get(),
                        "Send the same for all.");
            } else {
                detail = Optional.of(wanted);
            }
        });
    }

    void write(ObjectNode config) {
        detail.ifPresent(
                wanted -> config.put("mediaResolution", "MEDIA_RESOLUTION_" + wanted.toUpperCase(Locale.ROOT)));
    }
}
