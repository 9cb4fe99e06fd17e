package io.genapi.store.http;

import io.genapi.schemas.job.JobStatus;
import io.genapi.store.query.JobPage;
import io.genapi.store.query.LocalJobs;
import io.genapi.store.query.LocalPage;
import io.genapi.store.query.Owners;
import io.genapi.store.query.PageRequest;
import io.genapi.store.query.StoredJob;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Lists jobs of all processes. Thread-safe. */
public final class JobLister {
    /** The answer's own: which parts of the table were looked through, so that none is left out unseen. */
    static final String PARTITIONS = "Genapi-Partitions";

    private final LocalJobs jobs;
    private final Owners owners;
    private final PeerClient peers;
    private final int partitions;

    /** @param partitions of the table, those of all processes together */
    public JobLister(LocalJobs jobs, Owners owners, PeerClient peers, int partitions) {
        this.jobs = jobs;
        this.owners = owners;
        this.peers = peers;
        this.partitions = partitions;
    }

    /** A page and the parts of the table that it comes from. */
    record PartialPage(JobPage<ListedDocument> page, Set<Integer> partitions) {}

    /** The part of a page that this process has; empty while it cannot tell. */
    Optional<PartialPage> here(PageRequest request) {
        return jobs.newest(request).map(JobLister::document);
    }

    /** The whole page; empty while some part of the table cannot be asked. */
    Optional<JobPage<ListedDocument>> everywhere(PageRequest request) throws InterruptedException {
        List<JobPage<ListedDocument>> pages = new ArrayList<>();
        Set<Integer> seen = new HashSet<>();
        Optional<PartialPage> own = here(request);
        own.ifPresent(page -> add(page, pages, seen));
        // Asked one after the other: there are few, each answers in milliseconds.
        for (URI peer : seen.size() < partitions ? owners.others() : List.<URI>of()) {
            peers.get(peer, path(request), Duration.ZERO)
                    .filter(answer -> answer.statusCode() == 200)
                    .ifPresent(answer -> add(read(answer), pages, seen));
        }
        return seen.size() == partitions ? Optional.of(JobPage.merge(pages, request.limit())) : Optional.empty();
    }

    private static void add(PartialPage page, List<JobPage<ListedDocument>> pages, Set<Integer> seen) {
        pages.add(page.page());
        seen.addAll(page.partitions());
    }

    private static PartialPage document(LocalPage local) {
        JobPage<StoredJob> page = local.page();
        List<ListedDocument> documents = page.jobs().stream()
                .map(job -> new ListedDocument(job.id(), JobDocument.withoutResult(job.state())))
                .toList();
        return new PartialPage(new JobPage<>(documents, page.more(), page.last()), local.partitions());
    }

    private static PartialPage read(HttpResponse<byte[]> answer) {
        return new PartialPage(PageDocument.read(answer.body()), partitions(answer));
    }

    /** Which parts of the table an answer is of. */
    static Set<Integer> partitions(HttpResponse<byte[]> answer) {
        Set<Integer> partitions = new HashSet<>();
        answer.headers()
                .firstValue(PARTITIONS)
                .filter(list -> !list.isEmpty())
                .ifPresent(list ->
                        Arrays.stream(list.split(",")).map(Integer::valueOf).forEach(partitions::add));
        return partitions;
    }

    private static String path(PageRequest request) {
        return "/store/jobs?limit=" + request.limit()
                + request.after().map(id -> "&after=" + id).orElse("")
                + request.status()
                        .map(JobStatus::wireName)
                        .map(name -> "&status=" + name)
                        .orElse("")
                + request.tenant().map(QueryParameters::tenant).orElse("")
                + QueryParameters.period(request.period());
    }
}
