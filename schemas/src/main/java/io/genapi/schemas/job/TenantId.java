package io.genapi.schemas.job;

/** Who pays for a job and who may see it. */
public record TenantId(String value) {

    /** The tenant of everybody where no tenants are configured. */
    public static final TenantId DEFAULT = new TenantId("default");

    public TenantId {
        if (value.isBlank()) {
            throw new IllegalArgumentException("a TenantId must not be blank");
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
