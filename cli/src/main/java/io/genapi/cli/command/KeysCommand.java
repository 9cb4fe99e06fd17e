package io.genapi.cli.command;

import io.genapi.runtime.tenant.Tenant;
import io.genapi.runtime.tenant.TenantKey;
import java.io.PrintWriter;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Lets tenants in, and shuts them out. */
@Command(
        name = "keys",
        mixinStandardHelpOptions = true,
        description = {
            "Make, list and revoke the API keys by which callers show whose they are.",
            "The catalog has their hashes. Running gateways follow it within 2 s; with no tenants in it they are open, and"
                    + " listen on loopback only."
        },
        subcommands = {KeysCreateCommand.class, KeysRevokeCommand.class},
        synopsisSubcommandLabel = "(create | list | revoke)")
final class KeysCommand extends CommandGroup {

    @Command(
            name = "list",
            mixinStandardHelpOptions = true,
            sortOptions = false,
            description = "List the tenants and their keys: name, day of creation, and how the key's SHA-256 begins.")
    int list(@Mixin KeysOptions options) {
        PrintWriter out = out();
        List<Tenant> tenants = options.tenants().all();
        for (Tenant tenant : tenants) {
            if (tenant.keys().isEmpty()) {
                out.printf("%-20s no key%n", tenant.id());
            }
            for (TenantKey key : tenant.keys()) {
                out.printf(
                        "%-20s %-20s %-10s %s%n",
                        tenant.id(),
                        key.name(),
                        key.created().map(Object::toString).orElse("-"),
                        key.hash());
            }
        }
        if (tenants.isEmpty()) {
            out.printf("%s names no tenants.%n", options.file());
        }
        out.flush();
        return ExitCodes.OK;
    }
}
