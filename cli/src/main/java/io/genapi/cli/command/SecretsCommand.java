package io.genapi.cli.command;

import io.genapi.runtime.secret.file.SecretEntries;
import io.genapi.runtime.secret.file.SecretsFile;
import io.genapi.runtime.secret.file.SecretsKey;
import java.io.PrintWriter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Keeps vendors' keys in a file that is of no use without its own key. */
@Command(
        name = "secrets",
        mixinStandardHelpOptions = true,
        description = {
            "Keep vendors' keys in an encrypted file, which the catalog refers to as secret:NAME.",
            "Its key is in GENAPI_SECRETS_KEY, or in a file of mode 0600; the worker needs it too, to start. What is in"
                    + " the file is never on a disk in the clear, and never printed."
        },
        footerHeading = "%nFor a start:%n",
        footer = {
            "  ./genapi secrets key --out secrets.key         once; keep a copy",
            "  ./genapi secrets edit --key-file secrets.key   write: openai=sk-...",
            "  then config/genapi.yaml: api-key: secret:openai",
            "  ./genapi up --set genapi.secrets.key-file=secrets.key"
        },
        subcommands = {
            SecretsKeyCommand.class,
            SecretsEncryptCommand.class,
            SecretsEditCommand.class,
            SecretsRotateCommand.class
        },
        synopsisSubcommandLabel = "(key | encrypt | edit | rotate | list)")
final class SecretsCommand extends CommandGroup {

    @Command(
            name = "list",
            mixinStandardHelpOptions = true,
            sortOptions = false,
            description = "List the names of the secrets. Their values are not shown; edit shows them.")
    int list(@Mixin SecretsOptions options) {
        SecretsFile file = options.file();
        try (SecretsKey key = options.key();
                SecretEntries entries = file.read(key)) {
            PrintWriter out = out();
            entries.names().forEach(out::println);
            out.flush();
            return ExitCodes.OK;
        }
    }
}
