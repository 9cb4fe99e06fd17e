package io.genapi.worker.image;

import io.genapi.runtime.catalog.Vendor;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** What kinds of images there are, and who takes which. Pure. */
public final class ImageTypes {

    /** What OpenAI takes, and Anthropic the same. */
    private static final Set<String> USUAL = Set.of("image/png", "image/jpeg", "image/gif", "image/webp");

    private static final Set<String> GEMINI =
            Set.of("image/png", "image/jpeg", "image/webp", "image/heic", "image/heif");

    private ImageTypes() {}

    /** Those that vendors of a dialect take. */
    static Set<String> of(Vendor.Dialect dialect) {
        return switch (dialect) {
            case GEMINI -> GEMINI;
            case OPENAI, AZURE_OPENAI, ANTHROPIC -> USUAL;
        };
    }

    /**
     * What an image is: as its host says, or as its first bytes look where the host says nothing of use.
     *
     * @param contentType the header's value
     */
    public static Optional<String> of(Optional<String> contentType, byte[] bytes) {
        String said = contentType
                .map(text -> text.split(";", 2)[0].strip().toLowerCase(Locale.ROOT))
                .orElse("");
        return switch (said) {
            case "", "application/octet-stream", "binary/octet-stream" -> looked(bytes);
            case "image/jpg" -> Optional.of("image/jpeg");
            default -> Optional.of(said);
        };
    }

    private static Optional<String> looked(byte[] bytes) {
        String head = new String(bytes, 0, Math.min(bytes.length, 12), StandardCharsets.ISO_8859_1);
        if (head.startsWith("\u0089PNG\r\n")) {
            return Optional.of("image/png");
        }
        if (head.startsWith("\u00ff\u00d8\u00ff")) {
            return Optional.of("image/jpeg");
        }
        if (head.startsWith("GIF8")) {
            return Optional.of("image/gif");
        }
        return head.startsWith("RIFF") && head.endsWith("WEBP") ? Optional.of("image/webp") : Optional.empty();
    }
}
