package io.genapi.schemas.job;

/** A vendor, by its name in the vendor catalog. */
public record VendorName(String value) {

    public VendorName {
        if (value.isBlank()) {
            throw new IllegalArgumentException("a VendorName must not be blank");
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
