package io.genapi.cli.command;

import io.genapi.cli.tenant.KeyEdit;
import io.genapi.cli.tenant.UneditableCatalogException;
import io.genapi.runtime.tenant.Tenant;
import io.genapi.runtime.tenant.TenantKey;
import io.genapi.schemas.job.TenantId;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Takes a tenant's key back. */
@Command(
        name = "revoke",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Take a key's hash out of the catalog. Running gateways refuse the key within 2 s.",
            "What was submitted with it goes on; a tenant without keys stays, and nobody comes in as it."
        })
final class KeysRevokeCommand implements Callable<Integer> {

    @Parameters(index = "0", paramLabel = "TENANT", description = "Whose key it is.")
    private String tenant = "";

    @Parameters(index = "1", paramLabel = "NAME", description = "The key's name, as ./genapi keys list shows it.")
    private String name = "";

    @Mixin
    private KeysOptions options = new KeysOptions();

    @Mixin
    private Terminal terminal = new Terminal();

    @Override
    public Integer call() {
        try (KeyEdit catalog = KeyEdit.of(options.file())) {
            Tenant known = known(catalog.tenants().all());
            catalog.remove(known, key(known));
        } catch (UneditableCatalogException uneditable) {
            throw new CommandFailure(
                    ExitCodes.FAILED,
                    "%s Take the entry with name '%s' out of tenants.%s.keys by hand."
                            .formatted(uneditable.getMessage(), name, tenant));
        }
        terminal.print("Key '%s' of tenant '%s' is revoked.".formatted(name, tenant));
        return ExitCodes.OK;
    }

    private Tenant known(List<Tenant> tenants) {
        return tenants.stream()
                .filter(each -> each.id().value().equals(tenant))
                .findFirst()
                .orElseThrow(() -> wrong("%s names no tenant '%s'. It names: %s."
                        .formatted(
                                options.file(),
                                tenant,
                                tenants.stream()
                                        .map(Tenant::id)
                                        .map(TenantId::value)
                                        .collect(Collectors.joining(", ")))));
    }

    private TenantKey key(Tenant known) {
        return known.keys().stream()
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseThrow(() -> wrong("Tenant '%s' has no key named '%s'. It has: %s."
                        .formatted(
                                tenant,
                                name,
                                known.keys().stream().map(TenantKey::name).collect(Collectors.joining(", ")))));
    }

    private static CommandFailure wrong(String message) {
        return new CommandFailure(ExitCodes.USAGE, message);
    }
}
