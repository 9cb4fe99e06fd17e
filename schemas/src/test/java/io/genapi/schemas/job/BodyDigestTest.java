package io.genapi.schemas.job;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Stores of every version keep these for days: they are compared with what any later gateway makes. */
class BodyDigestTest {

    private static final byte[] BODY =
            "{\"model\":\"gpt-4o-mini\",\"messages\":[{\"role\":\"user\",\"content\":\"Hello\"}]}".getBytes(UTF_8);

    @Test
    void isTheSha256OfABodyAlone() {
        assertEquals(
                "3da6da474e7773516d1334115267c665022464a7d91afea642650d7a6d9fe937",
                BodyDigest.of(BODY, Optional.empty()).hex());
    }

    @Test
    void isThatOfTheBodyAZeroByteAndWhatIsSaidBeside() {
        ResponseEcho beside = new ResponseEcho("{\"instructions\":\"Grüße\"}");

        assertEquals(
                "fecff37899f48adf3b72d3e1eb37a09c55591ce42f1bde4cc939e5cb764ef808",
                BodyDigest.of(BODY, Optional.of(beside)).hex());
    }
}
