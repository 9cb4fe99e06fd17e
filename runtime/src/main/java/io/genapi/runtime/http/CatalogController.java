package io.genapi.runtime.http;

import io.genapi.runtime.reload.CatalogReload;
import io.genapi.runtime.reload.ReloadAnswer;
import io.genapi.runtime.service.ProcessIdentity;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** Has this process read the catalog's file again. */
@RestController
public final class CatalogController {

    private final ProcessIdentity identity;
    private final CatalogReload reload;

    public CatalogController(ProcessIdentity identity, CatalogReload reload) {
        this.identity = identity;
        this.reload = reload;
    }

    /** 200 with what came of it, whatever that is. */
    @PostMapping(path = ReloadAnswer.PATH, produces = MediaType.APPLICATION_JSON_VALUE)
    ReloadAnswer read() {
        return ReloadAnswer.of(identity, reload.now());
    }
}
