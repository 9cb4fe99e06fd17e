package io.genapi.systemtests;

import io.genapi.chaos.http.Api;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Random;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * A chat request with an image in it, as OpenAI's SDKs send it.
 *
 * @param question by which the vendor's calls about it are known
 */
record LargeBody(String question, String json) {

    /** @param imageBytes before they are base64 */
    static LargeBody of(String question, int imageBytes) {
        byte[] image = new byte[imageBytes];
        new Random(question.hashCode()).nextBytes(image);
        ObjectNode body = JsonMapper.shared().createObjectNode().put("model", Api.MODEL);
        var content = body.putArray("messages").addObject().put("role", "user").putArray("content");
        content.addObject().put("type", "text").put("text", question);
        content.addObject()
                .put("type", "image_url")
                .putObject("image_url")
                .put("url", "data:image/png;base64," + Base64.getEncoder().encodeToString(image));
        return new LargeBody(question, body.toString());
    }

    String imageUrl() {
        return JsonMapper.shared()
                .readTree(json)
                .at("/messages/0/content/1/image_url/url")
                .asString();
    }

    String sha256() {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(json.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
