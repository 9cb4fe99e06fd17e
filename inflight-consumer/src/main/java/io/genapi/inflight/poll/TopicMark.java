package io.genapi.inflight.poll;

import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.Optional;
import org.apache.kafka.common.Uuid;

/**
 * Names the topic in a commit's metadata, before the map: Kafka keeps commits by the topic's name, and would take one
 * for those of a topic that was deleted and created again.
 */
final class TopicMark {

    private static final String PREFIX = "t1.";
    private static final Base64.Encoder TO_TEXT = Base64.getUrlEncoder().withoutPadding();

    /** Of the id's 128 random bits, half are enough to tell one topic from the next. */
    private static final int ID_LENGTH = 11;

    /** In characters. */
    static final int LENGTH = PREFIX.length() + ID_LENGTH + 1;

    private TopicMark() {}

    /** The metadata with the mark, if the topic's id is known. */
    static String mark(Optional<Uuid> topic, String metadata) {
        return topic.map(id -> of(id) + metadata).orElse(metadata);
    }

    /** The metadata without its mark, if it has one. */
    static String strip(String metadata) {
        return isMarked(metadata) ? metadata.substring(LENGTH) : metadata;
    }

    /** Whether the metadata was written for another topic than this one; unknown counts as no. */
    static boolean isOfAnother(Optional<Uuid> topic, String metadata) {
        return isMarked(metadata) && topic.isPresent() && !metadata.startsWith(of(topic.get()));
    }

    private static boolean isMarked(String metadata) {
        return metadata.startsWith(PREFIX) && metadata.length() >= LENGTH;
    }

    private static String of(Uuid id) {
        byte[] half = ByteBuffer.allocate(Long.BYTES)
                .putLong(id.getMostSignificantBits())
                .array();
        return PREFIX + TO_TEXT.encodeToString(half) + ".";
    }
}
