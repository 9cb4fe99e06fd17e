package io.genapi.gateway.http;

import io.genapi.runtime.reload.ReloadAnswer;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** Has every process of the broker read the vendor catalog now. */
@RestController
public final class ReloadController {

    private final Function<Optional<String>, List<ReloadAnswer>> reloads;

    /** @param reloads has the others do it in the name of who asks, by that {@code Authorization} */
    public ReloadController(Function<Optional<String>, List<ReloadAnswer>> reloads) {
        this.reloads = reloads;
    }

    /** 200 with what each process says, whatever that is. */
    @PostMapping(path = "/catalog/reload", produces = MediaType.APPLICATION_JSON_VALUE)
    Map<String, List<ReloadAnswer>> reload(HttpServletRequest request) {
        return Map.of("processes", reloads.apply(Optional.ofNullable(request.getHeader(HttpHeaders.AUTHORIZATION))));
    }
}
