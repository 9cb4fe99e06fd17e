package io.genapi.runtime.blob;

import io.genapi.schemas.digest.Sha256;
import java.io.Serial;
import java.util.HexFormat;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What lies in a place of blobs to tell it from any other, an empty one above all: that is what a share looks like which
 * is not mounted.
 *
 * @param id 32 hexadecimal digits
 */
record PlaceMark(String id, PlaceOwner owner) {

    /** Its name in the place; no blob's key. */
    static final String NAME = "place.json";

    private static final Pattern ID = Pattern.compile("[0-9a-f]{32}");
    private static final int ID_BYTES = 16;

    /** The place is another broker's. */
    static final class ForeignPlaceException extends UnusablePlaceException {

        @Serial
        private static final long serialVersionUID = 1L;

        private ForeignPlaceException(String message) {
            super(message);
        }
    }

    static PlaceMark mint(PlaceOwner owner, RandomGenerator random) {
        byte[] id = new byte[ID_BYTES];
        random.nextBytes(id);
        return new PlaceMark(HexFormat.of().formatHex(id), owner);
    }

    /**
     * The same each time, so that it does not matter which of two gateways wrote it last.
     *
     * @param place what no other place has
     */
    static PlaceMark derived(PlaceOwner owner, String place) {
        String text = "%s/%s/%s".formatted(owner.kafkaCluster(), owner.topicPrefix(), place);
        return new PlaceMark(HexFormat.of().formatHex(Sha256.of(text), 0, ID_BYTES), owner);
    }

    byte[] toJson() {
        return JsonMapper.shared()
                .writeValueAsBytes(JsonMapper.shared()
                        .createObjectNode()
                        .put("id", id)
                        .put("kafka_cluster", owner.kafkaCluster())
                        .put("topic_prefix", owner.topicPrefix()));
    }

    /** Empty where the bytes are no mark, such as one that is just being written. */
    static Optional<PlaceMark> read(byte[] json) {
        try {
            JsonNode mark = JsonMapper.shared().readTree(json);
            String id = mark.path("id").asString("");
            return ID.matcher(id).matches()
                    ? Optional.of(new PlaceMark(
                            id,
                            new PlaceOwner(
                                    mark.path("kafka_cluster").asString(""),
                                    mark.path("topic_prefix").asString(""))))
                    : Optional.empty();
        } catch (JacksonException malformed) {
            return Optional.empty();
        }
    }

    /** @throws ForeignPlaceException if that is not so */
    PlaceMark requireOwner(PlaceOwner expected, String place, String setting) throws ForeignPlaceException {
        if (!owner.equals(expected)) {
            throw new ForeignPlaceException(
                    "%s is another broker's place of blobs: that of %s, while this is %s. Name another one with %s, or delete its %s if that broker is gone for good."
                            .formatted(place, owner, expected, setting, NAME));
        }
        return this;
    }
}
