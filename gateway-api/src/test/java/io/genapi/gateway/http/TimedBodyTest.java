package io.genapi.gateway.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.genapi.gateway.file.FileShelf;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class TimedBodyTest {

    private Instant now = Instant.parse("2026-01-31T12:00:00Z");

    @Test
    void endsAnUploadThatComesTooSlowly() throws IOException {
        FileShelf.Limits limits = new FileShelf.Limits(100, 1, Duration.ofDays(1), Duration.ofMinutes(1));
        try (TimedBody body = new TimedBody(new ByteArrayInputStream(new byte[] {1, 2, 3}), limits, () -> now)) {
            assertEquals(1, body.read());
            now = now.plusSeconds(59);
            assertEquals(1, body.read(new byte[1]));

            now = now.plusSeconds(1);

            ApiErrorException tooSlow = assertThrows(ApiErrorException.class, body::read);
            assertEquals(408, tooSlow.error().status());
        }
    }
}
