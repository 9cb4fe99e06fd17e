package io.genapi.runtime.tenant;

import java.time.LocalDate;
import java.util.Optional;

/**
 * One of a tenant's keys, as far as it is known.
 *
 * @param name tells it from the tenant's others
 * @param created the day it was made, where somebody wrote that down
 */
public record TenantKey(String name, KeyHash hash, Optional<LocalDate> created) {}
