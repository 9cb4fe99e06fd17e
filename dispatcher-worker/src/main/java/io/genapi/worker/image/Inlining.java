package io.genapi.worker.image;

import io.genapi.schemas.error.ApiError;
import io.genapi.worker.image.ImageReferences.Reference;
import io.genapi.worker.image.ImageSource.Fetching;
import io.genapi.worker.image.ImageSource.Fetching.Fetched;
import io.genapi.worker.image.ImageSource.Fetching.Refused;
import io.genapi.worker.vendor.VendorAnswer;
import io.genapi.worker.vendor.VendorCall;
import io.genapi.worker.vendor.VendorOutcome.Impossible;
import io.genapi.worker.vendor.VendorOutcome.Unprepared;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;

/** Puts images in the place of their addresses, before a call to a vendor that is sent them whole. Thread-safe. */
public final class Inlining {

    private final ImageSource source;
    private final ImageRules rules;
    private final ByteBudget budget;
    private final LongSupplier nanos;

    /** @param nanos a ticker for durations, such as {@link System#nanoTime} */
    public Inlining(ImageSource source, ImageRules rules, LongSupplier nanos) {
        this.source = source;
        this.rules = rules;
        this.budget = new ByteBudget(rules.memory());
        this.nanos = nanos;
    }

    /** A call as a vendor client makes it. */
    @FunctionalInterface
    public interface Call {
        VendorAnswer make(VendorCall call) throws InterruptedException;
    }

    /**
     * Makes the call with the images that it names, if its vendor is to have them; what cannot be had is its outcome. They may
     * take as long as the call, whose own time begins when they are here.
     */
    public VendorAnswer around(VendorCall call, Call next) throws InterruptedException {
        if (!call.candidate().vendor().inlineImages()) {
            return next.make(call);
        }
        ImageReferences references = ImageReferences.in(call.body());
        if (references.all().isEmpty()) {
            return next.make(call);
        }
        if (references.all().size() > ImageRules.MOST_IMAGES) {
            return impossible(
                    references.all().get(ImageRules.MOST_IMAGES).at(),
                    "Too many images by their addresses: at most %d are fetched for this model. Send fewer, or the images"
                                    .formatted(ImageRules.MOST_IMAGES)
                            + " themselves as data URLs.");
        }
        return withShare(call, references, next);
    }

    private VendorAnswer withShare(VendorCall call, ImageReferences references, Call next) throws InterruptedException {
        long from = nanos.getAsLong();
        int share = budget.take(rules.maxBytes(), call.limit());
        if (share == 0) {
            return VendorAnswer.nameless(
                    new Unprepared(
                            "no memory became free for the images of the request",
                            ApiError.server(
                                    503,
                                    "images_overloaded",
                                    "So many images are on their way to vendors that there was no memory for those of this request. Submit the job again later.")));
        }
        try {
            int size = 0;
            for (Reference reference : references.all()) {
                Duration left = left(call.limit(), from);
                if (!left.isPositive()) {
                    return tooLate();
                }
                switch (fetch(reference, call, rules.maxBytes() - size, shorter(left, rules.timeout()))) {
                    case Refused(var reason, var _) -> {
                        return left(call.limit(), from).isPositive() ? impossible(reference, reason) : tooLate();
                    }
                    case Fetched image -> {
                        size += image.bytes().length;
                        references.replace(reference, image);
                    }
                }
            }
            share = budget.shrink(share, size);
            Duration left = left(call.left(), from);
            return left.isPositive() ? next.make(call.with(references.body(), left)) : tooLate();
        } finally {
            budget.giveBack(share);
        }
    }

    private Fetching fetch(Reference reference, VendorCall call, int maxBytes, Duration limit)
            throws InterruptedException {
        Optional<URI> address = address(reference.url());
        if (address.isEmpty()) {
            return new Refused("that is no address of http", false);
        }
        if (maxBytes <= 0) {
            return new Refused(
                    "all images of the request together have more than %d bytes".formatted(rules.maxBytes()), false);
        }
        Set<String> types = ImageTypes.of(call.candidate().vendor().dialect());
        long from = nanos.getAsLong();
        Fetching fetching = source.fetch(address.get(), types, maxBytes, limit);
        Duration left = left(limit, from);
        return fetching instanceof Refused refused && refused.passing() && left.isPositive()
                ? source.fetch(address.get(), types, maxBytes, left)
                : fetching;
    }

    private static Optional<URI> address(String url) {
        try {
            URI address = URI.create(url.strip());
            return address.getHost() == null ? Optional.empty() : Optional.of(address);
        } catch (IllegalArgumentException malformed) {
            return Optional.empty();
        }
    }

    private static VendorAnswer impossible(Reference reference, String reason) {
        return impossible(
                reference.at(),
                "The image at '%s' could not be fetched from '%s', because %s. Send an address that everybody can reach, or the image itself as a data URL."
                        .formatted(
                                reference.at(),
                                address(reference.url()).map(URI::getHost).orElse("?"),
                                reason));
    }

    private static VendorAnswer impossible(String param, String message) {
        return VendorAnswer.nameless(new Impossible(
                "an image of the request cannot be had",
                ApiError.invalidRequest(400, "invalid_image_url", param, message),
                false));
    }

    private static VendorAnswer tooLate() {
        return VendorAnswer.nameless(
                new Unprepared(
                        "the images of the request took all the time of the call",
                        ApiError.server(
                                504,
                                "images_too_slow",
                                "Fetching the images of the request took all the time that there was for the call. Send smaller or fewer images, or the images themselves as data URLs.")));
    }

    private Duration left(Duration limit, long from) {
        return limit.minusNanos(nanos.getAsLong() - from);
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}
