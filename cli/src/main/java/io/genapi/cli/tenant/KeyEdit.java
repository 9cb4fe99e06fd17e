package io.genapi.cli.tenant;

import io.genapi.runtime.catalog.CatalogFile;
import io.genapi.runtime.catalog.VendorCatalog;
import io.genapi.runtime.service.StartException;
import io.genapi.runtime.tenant.AllowedModels;
import io.genapi.runtime.tenant.Tenant;
import io.genapi.runtime.tenant.TenantKey;
import io.genapi.runtime.tenant.TenantLimits;
import io.genapi.runtime.tenant.Tenants;
import io.genapi.schemas.job.TenantId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * Puts tenants' keys into a catalog's file and takes them out: whole or not at all, and nothing else is changed. From
 * reading it to writing it, nobody else edits it this way: a key that one takes out would come back with what the other
 * has read before. Used by one thread.
 */
public final class KeyEdit implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(KeyEdit.class);

    private final Path file;
    private final EditLock lock;
    private final VendorCatalog before;

    private KeyEdit(Path file, EditLock lock, VendorCatalog before) {
        this.file = file;
        this.lock = lock;
        this.before = before;
    }

    /**
     * Begins when nobody else edits it.
     *
     * @param file links are followed
     * @throws StartException if it cannot be read or has a mistake
     * @throws UneditableCatalogException if it cannot be edited
     */
    public static KeyEdit of(Path file) {
        // A file that is not there, or not a catalog, is told as that.
        var _ = CatalogFile.readDeclared(file);
        try {
            Path real = file.toRealPath();
            EditLock lock = EditLock.on(real);
            try {
                return new KeyEdit(real, lock, CatalogFile.readDeclared(file));
            } catch (StartException meanwhile) {
                lock.close();
                throw meanwhile;
            }
        } catch (IOException failure) {
            throw uneditable(file, failure);
        }
    }

    public Tenants tenants() {
        return before.tenants();
    }

    /** The tenant gets one more key; a tenant that is not there yet is added. */
    public void add(TenantId id, TenantKey key) {
        Tenant old = tenants()
                .find(id)
                .orElseGet(() -> new Tenant(id, List.of(), TenantLimits.NONE, AllowedModels.ALL, false));
        List<TenantKey> keys = new ArrayList<>(old.keys());
        keys.add(key);
        edit(text -> new CatalogText(text).with(id.value(), entry(key)), withKeys(old, keys));
    }

    /** The tenant loses a key that it has. */
    public void remove(Tenant tenant, TenantKey key) {
        List<TenantKey> keys = new ArrayList<>(tenant.keys());
        keys.remove(key);
        edit(text -> new CatalogText(text).without(tenant.id().value(), key.name()), withKeys(tenant, keys));
    }

    /** A key as an entry of its tenant's list. */
    public static String entry(TenantKey key) {
        return "{ name: \"%s\", sha256: \"%s\"%s }"
                .formatted(
                        key.name(),
                        key.hash().toHex(),
                        key.created().map(day -> ", created: " + day).orElse(""));
    }

    private static Tenant withKeys(Tenant tenant, List<TenantKey> keys) {
        return new Tenant(tenant.id(), keys, tenant.limits(), tenant.models(), tenant.operator());
    }

    private void edit(UnaryOperator<String> change, Tenant expected) {
        Optional<Path> written = Optional.empty();
        try {
            byte[] original = Files.readAllBytes(file);
            String edited = change.apply(new String(original, StandardCharsets.UTF_8));
            Path beside =
                    Files.createTempFile(file.getParent(), file.getFileName().toString(), ".new");
            written = Optional.of(beside);
            Files.writeString(beside, edited);
            if (!saysWhatIsWanted(beside, expected) || !Arrays.equals(original, Files.readAllBytes(file))) {
                throw new UneditableCatalogException(
                        "'%s' is written in a way that this command cannot edit, or somebody else is editing it."
                                .formatted(file),
                        null);
            }
            keepOwnership(beside);
            Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException | YamlEngineException | IllegalArgumentException failure) {
            throw uneditable(file, failure);
        } finally {
            written.ifPresent(KeyEdit::delete);
        }
    }

    /** What was edited is read again, and has to be what it was but for that tenant. */
    private boolean saysWhatIsWanted(Path edited, Tenant expected) {
        try {
            VendorCatalog after = CatalogFile.readDeclared(edited);
            HashSet<Tenant> wanted = new HashSet<>(before.tenants().all());
            wanted.removeIf(tenant -> tenant.id().equals(expected.id()));
            wanted.add(expected);
            return after.vendors().equals(before.vendors())
                    && after.models().equals(before.models())
                    && after.routes().equals(before.routes())
                    && new HashSet<>(after.tenants().all()).equals(wanted);
        } catch (StartException wrong) {
            LOG.debug("An edited catalog has a mistake", wrong);
            return false;
        }
    }

    /** Else a gateway of another user could read it no longer, and would go on letting in whoever is revoked. */
    private void keepOwnership(Path beside) throws IOException {
        PosixFileAttributeView old = Files.getFileAttributeView(file, PosixFileAttributeView.class);
        if (old == null) {
            return;
        }
        PosixFileAttributes wanted = old.readAttributes();
        PosixFileAttributeView fresh = Files.getFileAttributeView(beside, PosixFileAttributeView.class);
        PosixFileAttributes has = fresh.readAttributes();
        try {
            if (!has.owner().equals(wanted.owner())) {
                fresh.setOwner(wanted.owner());
            }
            if (!has.group().equals(wanted.group())) {
                fresh.setGroup(wanted.group());
            }
            fresh.setPermissions(wanted.permissions());
        } catch (IOException forbidden) {
            throw new UneditableCatalogException(
                    "'%s' is of user %s and group %s, and its next version could not be made theirs: %s. Who reads it now might be shut out; run this as that user, or as root."
                            .formatted(file, wanted.owner(), wanted.group(), forbidden),
                    forbidden);
        }
    }

    private static UneditableCatalogException uneditable(Path file, Exception failure) {
        return new UneditableCatalogException("'%s' cannot be edited: %s.".formatted(file, failure), failure);
    }

    @Override
    public void close() {
        try {
            lock.close();
        } catch (IOException failure) {
            LOG.debug("The lock on '{}' could not be given back; it ends with this process", file, failure);
        }
    }

    private static void delete(Path leftOver) {
        try {
            Files.deleteIfExists(leftOver);
        } catch (IOException failure) {
            LOG.debug("'{}' stays behind", leftOver, failure);
        }
    }
}
