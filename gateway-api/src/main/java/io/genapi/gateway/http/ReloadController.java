package io.genapi.gateway.http;

import io.genapi.runtime.reload.ReloadAnswer;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** Has every process of the broker read the vendor catalog now. */
@RestController
public final class ReloadController {

    private final Supplier<List<ReloadAnswer>> reloads;

    public ReloadController(Supplier<List<ReloadAnswer>> reloads) {
        this.reloads = reloads;
    }

    /** 200 with what each process says, whatever that is. */
    @PostMapping(path = "/catalog/reload", produces = MediaType.APPLICATION_JSON_VALUE)
    Map<String, List<ReloadAnswer>> reload() {
        return Map.of("processes", reloads.get());
    }
}
