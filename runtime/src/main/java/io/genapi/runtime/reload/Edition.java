package io.genapi.runtime.reload;

import io.genapi.runtime.catalog.VendorCatalog;
import java.time.Instant;

/**
 * The catalog as it was read once. Immutable.
 *
 * @param written when its file was last changed
 * @param content which content the files had before they were read, as {@link CatalogSource#content} names it
 */
public record Edition(VendorCatalog catalog, Instant written, String content) {}
