package io.genapi.runtime.catalog;

/**
 * One way to serve a model.
 *
 * @param vendorModel what the vendor calls the model
 */
public record Candidate(Vendor vendor, String vendorModel) {}
