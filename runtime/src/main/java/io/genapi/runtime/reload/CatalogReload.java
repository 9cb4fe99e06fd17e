package io.genapi.runtime.reload;

import io.genapi.runtime.catalog.VendorCatalog;
import io.genapi.runtime.log.SecretMask;
import io.genapi.runtime.reload.ReloadOutcome.Applied;
import io.genapi.runtime.reload.ReloadOutcome.Refused;
import io.genapi.runtime.reload.ReloadOutcome.Unchanged;
import io.genapi.runtime.service.StartException;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets another catalog count when its file has changed: whole, or not at all. Jobs that have their route keep it.
 * Thread-safe.
 */
public final class CatalogReload {

    private static final Logger LOG = LoggerFactory.getLogger(CatalogReload.class);

    private final String service;
    private final CatalogSource source;
    private final CurrentCatalog current;
    private final List<CatalogFollower> followers;
    private final LongSupplier ticker;
    private final ChangeWatch watch;
    private volatile Optional<String> problem = Optional.empty();
    private volatile Runnable listener = () -> {};

    /**
     * @param service whose log lines it writes
     * @param ticker nanoseconds since any fixed moment
     */
    public CatalogReload(
            String service,
            CatalogSource source,
            CurrentCatalog current,
            List<CatalogFollower> followers,
            LongSupplier ticker) {
        this.service = service;
        this.source = source;
        this.current = current;
        this.followers = List.copyOf(followers);
        this.ticker = ticker;
        this.watch = new ChangeWatch(current.edition().content());
    }

    /** Why what the file says does not count, in a sentence without secrets; empty when it does. */
    public Optional<String> problem() {
        return problem;
    }

    /** @param told from now on after each change of the catalog or of the {@link #problem} */
    public void tell(Runnable told) {
        listener = told;
    }

    /** Reads the file now, and what it refers to, whether or not it has changed. */
    public synchronized ReloadOutcome now() {
        return read(true);
    }

    /** Reads the file if it has changed and seems to be complete; to be called again and again. */
    synchronized void look() {
        switch (watch.look(watched().content(), ticker.getAsLong())) {
            case WAIT -> {}
            case TRY -> read(false);
            case INSIST -> read(true);
        }
    }

    /** When a catalog names other files than the one before, these are something new once more: it is read again. */
    private CatalogSource watched() {
        return source.with(current.get());
    }

    /** @param insist whether a mistake is told and remembered */
    private ReloadOutcome read(boolean insist) {
        CatalogSource watched = watched();
        String content = watched.content();
        Edition next;
        try {
            next = watched.read();
        } catch (RuntimeException mistake) {
            Refused refused = new Refused(told(mistake));
            if (insist) {
                watch.refused(content, ticker.getAsLong());
                refuse(refused);
            }
            return refused;
        }
        return adopt(next);
    }

    private ReloadOutcome adopt(Edition next) {
        List<String> changes = CatalogChanges.between(current.get(), next.catalog());
        if (!changes.isEmpty()) {
            try {
                followers.forEach(follower -> follower.prepare(next.catalog()));
            } catch (RuntimeException failure) {
                watch.postpone(next.content(), ticker.getAsLong());
                Refused refused = new Refused(told(failure));
                refuse(refused);
                return refused;
            }
            followers.forEach(follower -> follow(follower, next.catalog()));
            current.replace(next);
        }
        watch.read(next.content());
        boolean mended = problem.isPresent();
        problem = Optional.empty();
        return changes.isEmpty() ? unchanged(mended) : applied(changes);
    }

    /** The others must not be left without it. */
    private static void follow(CatalogFollower follower, VendorCatalog next) {
        try {
            follower.follow(next);
        } catch (RuntimeException failure) {
            LOG.error("A part of the process does not follow the catalog", failure);
        }
    }

    private ReloadOutcome applied(List<String> changes) {
        LOG.atInfo()
                .addKeyValue("service", service)
                .addKeyValue("changes", String.join("; ", changes))
                .log("The vendor catalog has changed");
        listener.run();
        return new Applied(changes);
    }

    private ReloadOutcome unchanged(boolean mended) {
        if (mended) {
            LOG.atInfo()
                    .addKeyValue("service", service)
                    .log("The vendor catalog's file is in order again, and says what counts");
            listener.run();
        }
        return new Unchanged();
    }

    private void refuse(Refused refused) {
        Optional<String> before = problem;
        problem = Optional.of(refused.reason());
        if (!problem.equals(before)) {
            LOG.atWarn()
                    .addKeyValue("service", service)
                    .addKeyValue("reason", refused.reason())
                    .log("The vendor catalog's file does not count; what it said before does");
            listener.run();
        }
    }

    private static String told(RuntimeException failure) {
        if (failure instanceof StartException explained) {
            return SecretMask.mask(String.valueOf(explained.getMessage()));
        }
        LOG.error("The vendor catalog could not be read", failure);
        return SecretMask.mask("The vendor catalog could not be read: " + failure);
    }
}
