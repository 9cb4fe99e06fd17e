package io.genapi.gateway.batch;

import io.genapi.gateway.file.FileShelf;
import io.genapi.gateway.job.Pause;
import io.genapi.runtime.blob.BlobStore;
import io.genapi.schemas.job.ModelName;
import io.genapi.schemas.job.TenantId;
import java.time.InstantSource;
import java.util.Map;
import java.util.function.BiPredicate;
import java.util.random.RandomGenerator;

/**
 * What every batch that this gateway runs makes use of.
 *
 * @param openLines room for the requests of all of them that are open at once
 * @param openBytes room in memory for those of them that Kafka does not have yet
 * @param forms of the endpoints whose requests it runs
 * @param served whether a tenant may name a model
 * @param maxLineBytes of a line of a file
 */
public record RunTools(
        BatchIndex index,
        BatchLog log,
        FileShelf shelf,
        BlobStore blobs,
        LineJobs jobs,
        LineGate gate,
        SharedRoom openLines,
        SharedRoom openBytes,
        Map<String, LineForm> forms,
        BiPredicate<TenantId, ModelName> served,
        int maxLineBytes,
        InstantSource clock,
        RandomGenerator random,
        Pause pause) {

    public RunTools {
        forms = Map.copyOf(forms);
    }

    /** @throws IllegalStateException if batches of the endpoint are none that this gateway runs */
    LineForm form(String endpoint) {
        LineForm form = forms.get(endpoint);
        if (form == null) {
            throw new IllegalStateException("this gateway runs no batches of '" + endpoint + "'");
        }
        return form;
    }
}
