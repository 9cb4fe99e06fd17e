package io.genapi.cli.command;

import io.genapi.cli.tenant.KeyEdit;
import io.genapi.cli.tenant.UneditableCatalogException;
import io.genapi.runtime.tenant.ApiKey;
import io.genapi.runtime.tenant.Tenant;
import io.genapi.runtime.tenant.TenantKey;
import io.genapi.runtime.tenant.Tenants;
import io.genapi.schemas.job.TenantId;
import java.security.SecureRandom;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Makes a tenant's key. */
@Command(
        name = "create",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Make a key for a tenant, print it once, and put its hash into the catalog; a tenant that is new is added.",
            "The key alone goes to standard output. Nobody can show it again: the catalog has its SHA-256."
        })
final class KeysCreateCommand implements Callable<Integer> {

    @Parameters(paramLabel = "TENANT", description = "Whose key it is: letters, digits, dots, underscores and hyphens.")
    private String tenant = "";

    @Option(
            names = "--name",
            paramLabel = "NAME",
            description = "Tells the key from the tenant's others. Default: key-1, key-2…")
    private Optional<String> name = Optional.empty();

    @Mixin
    private KeysOptions options = new KeysOptions();

    @Option(
            names = "--print",
            description = "Leave the catalog as it is, and print the lines to put into it to standard error.")
    private boolean print;

    @Mixin
    private Terminal terminal = new Terminal();

    @Override
    public Integer call() {
        requireName("TENANT", tenant);
        name.ifPresent(given -> requireName("--name", given));
        ApiKey key = ApiKey.mint(new SecureRandom());
        if (print) {
            terminal.tell("Put this into %s:%n%ntenants:%n  %s:%n    keys:%n      - %s%n"
                    .formatted(options.file(), tenant, KeyEdit.entry(entry(options.tenants(), key))));
        } else {
            write(key);
        }
        terminal.print(key.text());
        return ExitCodes.OK;
    }

    private TenantKey entry(Tenants tenants, ApiKey key) {
        List<TenantKey> others =
                tenants.find(new TenantId(tenant)).map(Tenant::keys).orElse(List.of());
        String called = name.orElseGet(() -> firstFree(others));
        if (isTaken(others, called)) {
            throw new CommandFailure(
                    ExitCodes.USAGE,
                    "Tenant '%s' has a key named '%s' already. Choose another name with --name, or revoke that one with ./genapi keys revoke %s %s."
                            .formatted(tenant, called, tenant, called));
        }
        return new TenantKey(called, key.hash(), Optional.of(LocalDate.now(ZoneOffset.UTC)));
    }

    private void write(ApiKey key) {
        TenantKey entry;
        try (KeyEdit catalog = KeyEdit.of(options.file())) {
            entry = entry(catalog.tenants(), key);
            catalog.add(new TenantId(tenant), entry);
        } catch (UneditableCatalogException uneditable) {
            throw new CommandFailure(
                    ExitCodes.FAILED,
                    uneditable.getMessage() + " No key was made. Say --print, and put the lines into it by hand.");
        }
        terminal.tell("%s has the hash of key '%s' of tenant '%s'. This is the key; it is not shown again:"
                .formatted(options.file(), entry.name(), tenant));
    }

    private static void requireName(String what, String given) {
        if (!Tenant.isName(given)) {
            throw new CommandFailure(
                    ExitCodes.USAGE,
                    "%s is '%s'. Write 1 to 64 letters, digits, dots, underscores and hyphens.".formatted(what, given));
        }
    }

    private static String firstFree(List<TenantKey> others) {
        return IntStream.iterate(1, next -> next + 1)
                .mapToObj(number -> "key-" + number)
                .filter(free -> !isTaken(others, free))
                .findFirst()
                .orElseThrow();
    }

    private static boolean isTaken(List<TenantKey> others, String name) {
        return others.stream().anyMatch(other -> other.name().equals(name));
    }
}
