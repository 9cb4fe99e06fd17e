package io.genapi.worker.peer;

import io.genapi.schemas.error.ApiError;
import io.genapi.worker.intake.Intake;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** The worker's internal HTTP API: other workers tell it what Kafka has given them, and ask what it has in hand of it. */
@RestController
public final class ClaimController {

    private final Intake intake;

    public ClaimController(Intake intake) {
        this.intake = intake;
    }

    /** Never waits for Kafka. A claim that Kafka does not confirm holds these partitions up until the next commit. */
    @PostMapping("/worker/claims")
    ResponseEntity<byte[]> claim(@RequestBody(required = false) byte[] body) {
        return json(200)
                .body(ClaimDocument.answer(intake.cede(ClaimDocument.readClaim(body == null ? new byte[0] : body))));
    }

    @ExceptionHandler
    ResponseEntity<byte[]> wrong(MalformedClaimException malformed) {
        return json(400)
                .body(ApiError.invalidRequest(400, "invalid_claim", malformed.parameter(), malformed.explanation())
                        .toJson());
    }

    private static ResponseEntity.BodyBuilder json(int status) {
        return ResponseEntity.status(status).contentType(MediaType.APPLICATION_JSON);
    }
}
