package io.genapi.runtime.catalog;

import java.util.Optional;

/**
 * One way to serve a model.
 *
 * @param credential one of the vendor's; empty where the vendor asks for none
 * @param vendorModel what the vendor calls the model
 * @param wildcard whether the model's name is the caller's, which the catalog does not list
 * @param weight its part of the jobs where weights count, positive; meaningful only beside the others'
 */
public record Candidate(
        Vendor vendor,
        Optional<Credential> credential,
        String vendorModel,
        boolean wildcard,
        double weight,
        Capabilities capabilities) {

    /** The same under a name that the caller chose. */
    Candidate calledAs(String model) {
        return new Candidate(vendor, credential, model, true, weight, capabilities);
    }
}
