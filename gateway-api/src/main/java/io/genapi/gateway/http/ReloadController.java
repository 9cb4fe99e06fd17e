package io.genapi.gateway.http;

import io.genapi.runtime.reload.ReloadAnswer;
import java.util.List;
import java.util.Map;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** Has every process of the broker read the vendor catalog now. */
@RestController
public final class ReloadController {

    private final Reloads reloads;

    /** Has all of them read it, and tells what each says. */
    @FunctionalInterface
    public interface Reloads {
        List<ReloadAnswer> everywhere() throws InterruptedException;
    }

    public ReloadController(Reloads reloads) {
        this.reloads = reloads;
    }

    /** 200 with what each process says, whatever that is. */
    @PostMapping(path = "/catalog/reload", produces = MediaType.APPLICATION_JSON_VALUE)
    Map<String, List<ReloadAnswer>> reload() throws InterruptedException {
        return Map.of("processes", reloads.everywhere());
    }
}
