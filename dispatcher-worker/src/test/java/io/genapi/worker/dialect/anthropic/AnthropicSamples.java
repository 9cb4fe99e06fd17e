package io.genapi.worker.dialect.anthropic;

import io.genapi.runtime.catalog.Candidate;
import io.genapi.worker.Samples;

/** What the tests of this dialect speak about. */
final class AnthropicSamples {

    private AnthropicSamples() {}

    static Candidate candidate(boolean dropUnsupported) {
        return candidate("https://api.anthropic.com/v1", dropUnsupported);
    }

    static Candidate candidate(String baseUrl, boolean dropUnsupported) {
        return Samples.catalog("""
                vendors:
                  anthropic:
                    dialect: anthropic
                    base-url: "%s"
                    api-key: env:VENDOR_KEY
                    drop-unsupported: %s
                models:
                  gpt-4o: [{ vendor: anthropic, model: claude-opus-5-5 }]
                """.formatted(baseUrl, dropUnsupported))
                .candidates(Samples.MODEL)
                .getFirst();
    }
}
