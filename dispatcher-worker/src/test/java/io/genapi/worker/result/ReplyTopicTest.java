package io.genapi.worker.result;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReplyTopicTest {

    @ParameterizedTest
    @ValueSource(strings = {"replies", "team.a_replies-1", "genapireplies"})
    void takesTopicsOfOthers(String topic) {
        assertEquals(Optional.empty(), ReplyTopic.objection(topic, "genapi"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                ".",
                "..",
                "a/b",
                "a\nb",
                "genapi.results",
                "genapi.requests.default",
                "__consumer_offsets",
                "ü"
            })
    void refusesIllegalNamesAndTopicsOfTheBrokersOwn(String topic) {
        assertTrue(ReplyTopic.objection(topic, "genapi").isPresent());
    }
}
