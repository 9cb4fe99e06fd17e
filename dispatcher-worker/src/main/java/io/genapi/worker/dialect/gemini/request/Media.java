package io.genapi.worker.dialect.gemini.request;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Images, sound and documents: inline, or an image at an address that Gemini fetches itself. Addresses of http come here only
 * where the worker does not fetch them ({@code inline-images: false}), those of Google's storage always.
 *
 * @see <a href="https://ai.google.dev/gemini-api/docs/file-input-methods">File input methods</a>
 */
final class Media {

    private static final Pattern DATA_URL = Pattern.compile("data:([^;,]+)(?:;[^;,]+)*;base64,");
    private static final Pattern ADDRESS = Pattern.compile("(?:https?|gs)://[^\\s]+", Pattern.CASE_INSENSITIVE);
    private static final Pattern EXTENSION = Pattern.compile("\\.([a-z0-9]{2,4})$");

    private static final Map<String, String> TYPES = Map.ofEntries(
            Map.entry("png", "image/png"),
            Map.entry("jpg", "image/jpeg"),
            Map.entry("jpeg", "image/jpeg"),
            Map.entry("webp", "image/webp"),
            Map.entry("heic", "image/heic"),
            Map.entry("heif", "image/heif"),
            Map.entry("gif", "image/gif"),
            Map.entry("bmp", "image/bmp"),
            Map.entry("pdf", "application/pdf"));

    private Media() {}

    /** @param at the field that holds the address, as the caller must look for it */
    static Optional<ObjectNode> at(String url, String at, Findings findings) {
        if (isData(url)) {
            return inline(url, at, findings);
        }
        if (!ADDRESS.matcher(url).matches()) {
            findings.malformed(at, "is no address", "Send an https address or a data URL in Base64.");
            return Optional.empty();
        }
        ObjectNode part = JsonNodeFactory.instance.objectNode();
        ObjectNode file = part.putObject("fileData").put("fileUri", url);
        type(url).ifPresent(type -> file.put("mimeType", type));
        return Optional.of(part);
    }

    /** OpenAI's API takes no addresses here, and nobody fetches them. */
    private static Optional<ObjectNode> document(String url, String at, Findings findings) {
        if (isData(url)) {
            return inline(url, at, findings);
        }
        findings.malformed(at, "is no data URL", "Send data:application/pdf;base64,… of the file.");
        return Optional.empty();
    }

    private static boolean isData(String url) {
        return url.regionMatches(true, 0, "data:", 0, 5);
    }

    private static Optional<ObjectNode> inline(String url, String at, Findings findings) {
        Matcher head = DATA_URL.matcher(url);
        if (!head.lookingAt()) {
            findings.malformed(
                    at, "is a data URL without a type or not in Base64", "Send data:image/png;base64,… or the like.");
            return Optional.empty();
        }
        return Optional.of(inline(head.group(1).toLowerCase(Locale.ROOT), url.substring(head.end())));
    }

    private static ObjectNode inline(String type, String base64) {
        ObjectNode part = JsonNodeFactory.instance.objectNode();
        part.putObject("inlineData").put("mimeType", type).put("data", base64);
        return part;
    }

    /** What the end of an address's path promises; Gemini looks for itself where it promises nothing. */
    private static Optional<String> type(String url) {
        String path = url.replaceFirst("[?#].*$", "").toLowerCase(Locale.ROOT);
        Matcher extension = EXTENSION.matcher(path);
        return extension.find() ? Optional.ofNullable(TYPES.get(extension.group(1))) : Optional.empty();
    }

    static Optional<ObjectNode> audio(Fields audio) {
        Optional<String> data = audio.requiredText("data");
        return audio.requiredText("format").flatMap(format -> data.map(base64 -> inline("audio/" + format, base64)));
    }

    static Optional<ObjectNode> file(Fields file) {
        // The name is for people; what the file is stands in its data URL.
        Optional<String> _ = file.text("filename");
        if (file.text("file_id").isPresent()) {
            file.findings()
                    .impossible(file.at("file_id"), "cannot read another vendor's files", "Send it as file_data.");
            return Optional.empty();
        }
        return file.requiredText("file_data").flatMap(data -> document(data, file.at("file_data"), file.findings()));
    }
}
