package io.genapi.gateway.config;

import io.genapi.runtime.blob.BlobStore;
import java.util.Optional;

/** The one place of blobs, where the settings name one. */
record BlobPlace(Optional<BlobStore> blobs) {}
