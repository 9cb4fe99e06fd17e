package io.genapi.cli.command;

import io.genapi.cli.secret.EditSession;
import io.genapi.cli.secret.InvalidSecretsException;
import io.genapi.cli.secret.PlainSecrets;
import io.genapi.runtime.secret.file.SecretEntries;
import io.genapi.runtime.secret.file.SecretsFile;
import io.genapi.runtime.secret.file.SecretsKey;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Lets the user edit the secrets. */
@Command(
        name = "edit",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Edit the secrets in an editor, and encrypt what it saves.",
            "Until it ends they are in a file of mode 0600, in memory (/dev/shm) where the system has that. It is"
                    + " overwritten and removed then, on Ctrl-C too. What an editor keeps elsewhere is beyond that: see to"
                    + " its own histories and backups."
        })
final class SecretsEditCommand implements Callable<Integer> {

    private static final String INTRODUCTION = """
            # One NAME=VALUE a line; the catalog refers to it as secret:NAME. Lines that begin with # are not kept.
            """;

    @Mixin
    private SecretsOptions options = new SecretsOptions();

    @Option(
            names = "--editor",
            paramLabel = "COMMAND",
            defaultValue = "${env:VISUAL:-${env:EDITOR:-vi}}",
            description = "Which one; it has to return when it is done. Default: $VISUAL, else $EDITOR, else vi.")
    private String editor = "vi";

    @Mixin
    private Terminal terminal = new Terminal();

    @Override
    public Integer call() throws InterruptedException {
        SecretsFile file = options.file();
        Optional<String> before = before(file);
        try (SecretsKey key = options.key();
                SecretEntries entries = SecretsOptions.entries(file, key);
                SecretEntries edited = edited(entries)) {
            if (edited.isSame(entries)) {
                terminal.print("Nothing changed.");
                return ExitCodes.OK;
            }
            if (!before.equals(before(file))) {
                throw new CommandFailure(
                        ExitCodes.FAILED,
                        "Nothing was saved: somebody else wrote '%s' meanwhile. Edit again.".formatted(file.path()));
            }
            file.write(edited, key, new SecureRandom());
            terminal.print(SecretsOptions.described(file, edited));
            return ExitCodes.OK;
        }
    }

    private SecretEntries edited(SecretEntries entries) throws InterruptedException {
        byte[] bytes = content(entries);
        try (EditSession session = EditSession.begin(places(), bytes)) {
            Arrays.fill(bytes, (byte) 0);
            int exitCode = session.edit(editor);
            if (exitCode != 0) {
                throw new CommandFailure(
                        ExitCodes.FAILED,
                        "Nothing was saved: the editor '%s' ended with %d. Name another with --editor."
                                .formatted(editor, exitCode));
            }
            bytes = session.content();
            return PlainSecrets.read(bytes);
        } catch (InvalidSecretsException mistake) {
            throw new CommandFailure(
                    ExitCodes.USAGE, "Nothing was saved: %s. Edit again.".formatted(mistake.getMessage()));
        } catch (IOException failure) {
            throw new CommandFailure(ExitCodes.FAILED, "Nothing was saved: " + failure);
        } finally {
            Arrays.fill(bytes, (byte) 0);
        }
    }

    private static byte[] content(SecretEntries entries) {
        byte[] introduction = INTRODUCTION.getBytes(StandardCharsets.UTF_8);
        byte[] lines = PlainSecrets.write(entries);
        byte[] content = Arrays.copyOf(introduction, introduction.length + lines.length);
        System.arraycopy(lines, 0, content, introduction.length, lines.length);
        Arrays.fill(lines, (byte) 0);
        return content;
    }

    private static Optional<String> before(SecretsFile file) {
        return file.exists() ? Optional.of(file.text()) : Optional.empty();
    }

    /** In memory where it can be. */
    private static List<Path> places() {
        List<Path> places = new ArrayList<>(List.of(Path.of("/dev/shm")));
        Optional.ofNullable(System.getenv("XDG_RUNTIME_DIR")).map(Path::of).ifPresent(places::add);
        places.add(Path.of(System.getProperty("java.io.tmpdir")));
        return places;
    }
}
