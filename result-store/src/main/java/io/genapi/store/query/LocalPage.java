package io.genapi.store.query;

import java.util.Set;

/**
 * What one process has of a page.
 *
 * @param partitions the parts of the table that it looked through
 */
public record LocalPage(JobPage<StoredJob> page, Set<Integer> partitions) {
    public LocalPage {
        partitions = Set.copyOf(partitions);
    }
}
