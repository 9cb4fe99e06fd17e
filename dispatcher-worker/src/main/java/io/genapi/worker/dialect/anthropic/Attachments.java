package io.genapi.worker.dialect.anthropic;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Images and documents in a message.
 *
 * @see <a href="https://docs.claude.com/en/docs/build-with-claude/vision">what Anthropic says of images</a>
 */
final class Attachments {

    private static final List<String> IMAGE_TYPES = List.of("image/jpeg", "image/png", "image/gif", "image/webp");

    /** RFC 2397, of which the data is looked at only when it is sent. */
    private static final Pattern DATA_URL = Pattern.compile("data:([^;,]{1,100});base64,");

    private final Objections objections;

    Attachments(Objections objections) {
        this.objections = objections;
    }

    Optional<ObjectNode> image(Place image) {
        Place detail = image.at("detail");
        if (detail.given() && !detail.is("auto")) {
            objections.unsupported(detail, "Send 'auto', or leave it out.");
        }
        Place url = image.at("url");
        String address = url.text();
        if (address.regionMatches(true, 0, "https://", 0, 8) || address.regionMatches(true, 0, "http://", 0, 7)) {
            ObjectNode source = JsonNodeFactory.instance.objectNode().put("type", "url");
            return Optional.of(block("image", source.put("url", address)));
        }
        Optional<ObjectNode> source = data(address);
        if (source.isEmpty()) {
            objections.malformed(url, "Send an http or https address, or data:image/png;base64,… of the image.");
        } else if (!IMAGE_TYPES.contains(source.get().path("media_type").stringValue(""))) {
            objections.impossible(url, "It takes images of the types " + String.join(", ", IMAGE_TYPES) + ".");
        }
        return source.map(found -> block("image", found));
    }

    Optional<ObjectNode> file(Place file) {
        if (file.at("file_id").given()) {
            objections.impossible(file.at("file_id"), "Send the file itself as file_data.");
            return Optional.empty();
        }
        Place data = file.at("file_data");
        Optional<ObjectNode> source = data(data.text());
        if (source.isEmpty()) {
            objections.malformed(data, "Send data:application/pdf;base64,… of the file.");
        } else if (!source.get().path("media_type").stringValue("").equals("application/pdf")) {
            objections.impossible(data, "It takes files of the type application/pdf.");
        }
        return source.map(found -> {
            ObjectNode document = block("document", found);
            if (!file.at("filename").text().isEmpty()) {
                document.put("title", file.at("filename").text());
            }
            return document;
        });
    }

    private static Optional<ObjectNode> data(String url) {
        Matcher head = DATA_URL.matcher(url);
        return head.lookingAt() && head.end() < url.length()
                ? Optional.of(JsonNodeFactory.instance
                        .objectNode()
                        .put("type", "base64")
                        .put("media_type", head.group(1))
                        .put("data", url.substring(head.end())))
                : Optional.empty();
    }

    private static ObjectNode block(String type, ObjectNode source) {
        ObjectNode block = JsonNodeFactory.instance.objectNode().put("type", type);
        block.set("source", source);
        return block;
    }
}
