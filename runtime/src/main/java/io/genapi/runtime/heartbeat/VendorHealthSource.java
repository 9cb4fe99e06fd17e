package io.genapi.runtime.heartbeat;

import io.genapi.schemas.control.VendorHealth;
import java.util.List;

/** How this process finds its vendors; a worker has one, the other services none. Thread-safe. */
@FunctionalInterface
public interface VendorHealthSource {

    List<VendorHealth> current();
}
