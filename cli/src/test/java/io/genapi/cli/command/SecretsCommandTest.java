package io.genapi.cli.command;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The life of a file of secrets. */
class SecretsCommandTest {

    @TempDir
    private Path directory;

    private Path file;
    private Path key;
    private StringWriter out = new StringWriter();
    private StringWriter err = new StringWriter();

    @BeforeEach
    void makeAKey() throws IOException {
        file = directory.resolve("secrets.enc");
        key = directory.resolve("key");
        assertEquals(ExitCodes.OK, run("key", "--out", key.toString()));
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(key)));
    }

    @Test
    void keepsSecretsThatOnlyItsKeyOpens() throws IOException {
        assertEquals(ExitCodes.OK, encrypt("openai=sk-first\ngemini: AIza-first\n"));
        assertTrue(out.toString().contains("has 2 secrets: gemini, openai."), out.toString());
        assertTrue(out.toString().contains("still has them in the clear"), out.toString());
        assertEquals(ExitCodes.OK, encrypt("openai=sk-second\n"));
        assertEquals(ExitCodes.OK, with("list"));
        assertEquals(List.of("gemini", "openai"), out.toString().lines().toList());
        assertEquals(ExitCodes.OK, with("encrypt", plain("only=one\n"), "--replace"));
        assertEquals(ExitCodes.OK, with("list"));
        assertEquals(List.of("only"), out.toString().lines().toList());
        assertFalse(Files.readString(file).contains("only"));
    }

    @Test
    void exchangesTheKey() {
        assertEquals(ExitCodes.OK, encrypt("openai=sk-first"));
        String fresh = directory.resolve("fresh").toString();
        assertEquals(ExitCodes.USAGE, with("rotate", "--new-key-file", key.toString()));
        assertEquals(ExitCodes.FAILED, with("rotate"));
        assertTrue(err.toString().contains("GENAPI_SECRETS_NEW_KEY is not set"), err.toString());
        assertEquals(ExitCodes.OK, run("key", "--out", fresh));
        assertEquals(ExitCodes.OK, with("rotate", "--new-key-file", fresh));
        assertEquals(ExitCodes.FAILED, with("list"));
        assertTrue(err.toString().contains("was encrypted with another key"), err.toString());
        assertEquals(ExitCodes.OK, run("list", "--file", file.toString(), "--key-file", fresh));
    }

    @Test
    void encryptsWhatTheEditorSavedAndLeavesNothingBehind() throws IOException {
        assertEquals(ExitCodes.OK, encrypt("openai=sk-first"));
        Path seen = directory.resolve("seen");
        String editor = "f() { cp \"$1\" %s; echo \"$1\" > %s.path; stat -c %%a \"$1\" $(dirname \"$1\") > %s.modes;"
                        .formatted(seen, seen, seen)
                + " cp \"$1\" \"$1~\"; echo 'gemini=AIza-second' >> \"$1\"; }; f";
        assertEquals(ExitCodes.OK, with("edit", "--editor", editor), err::toString);
        assertTrue(out.toString().contains("has 2 secrets: gemini, openai."), out.toString());
        assertTrue(Files.readString(seen).endsWith("openai=sk-first\n"), Files.readString(seen));
        assertEquals(List.of("600", "700"), Files.readAllLines(Path.of(seen + ".modes")));
        Path edited = Path.of(Files.readString(Path.of(seen + ".path")).strip());
        assertFalse(Files.exists(edited.resolveSibling("")), "the directory is gone");
    }

    @Test
    void savesNothingThatIsWrongOrUnchanged() throws IOException {
        assertEquals(ExitCodes.OK, encrypt("openai=sk-first"));
        byte[] before = Files.readAllBytes(file);
        assertEquals(ExitCodes.OK, with("edit", "--editor", "true"));
        assertEquals("Nothing changed.", out.toString().strip());
        assertEquals(ExitCodes.FAILED, with("edit", "--editor", "false"));
        assertTrue(err.toString().contains("ended with 1"), err.toString());
        assertEquals(ExitCodes.USAGE, with("edit", "--editor", "f() { echo sk-nameless > $1; }; f"));
        assertTrue(err.toString().contains("line 1 is not NAME=VALUE"), err.toString());
        assertFalse(err.toString().contains("sk-nameless"), err.toString());
        assertArrayEquals(before, Files.readAllBytes(file));
        assertEquals(ExitCodes.FAILED, with("edit", "--editor", "f() { echo a=b > $1; echo >> " + file + "; }; f"));
        assertTrue(err.toString().contains("somebody else wrote"), err.toString());
    }

    @Test
    void tellsMistakesInASentenceThatShowsNoSecret() throws IOException {
        assertEquals(ExitCodes.USAGE, run("key", "--out", key.toString()));
        assertEquals(ExitCodes.USAGE, encrypt("sk-without-a-name"));
        assertEquals(ExitCodes.USAGE, encrypt("# nothing"));
        assertEquals(
                ExitCodes.USAGE, with("encrypt", directory.resolve("absent").toString()));
        assertEquals(ExitCodes.FAILED, with("list"));
        assertTrue(err.toString().contains("is not there. Make it with: ./genapi secrets edit"), err.toString());
        Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-r--r--"));
        assertEquals(ExitCodes.FAILED, encrypt("openai=sk-first"));
        assertTrue(err.toString().contains("chmod 600"), err.toString());
        assertFalse(err.toString().contains("\tat "), err.toString());
        try (Stream<Path> files = Files.list(directory)) {
            assertFalse(files.anyMatch(file::equals), "nothing was written");
        }
    }

    private int encrypt(String plain) {
        return with("encrypt", plain(plain));
    }

    private String plain(String text) {
        try {
            return Files.writeString(directory.resolve("plain"), text).toString();
        } catch (IOException failure) {
            throw new java.io.UncheckedIOException(failure);
        }
    }

    private int with(String... arguments) {
        List<String> line = new ArrayList<>(List.of(arguments));
        line.addAll(List.of("--file", file.toString(), "--key-file", key.toString()));
        return run(line.toArray(String[]::new));
    }

    private int run(String... arguments) {
        out = new StringWriter();
        err = new StringWriter();
        CommandLine command = GenapiCommand.commandLine();
        command.setOut(new PrintWriter(out, true));
        command.setErr(new PrintWriter(err, true));
        List<String> line = new ArrayList<>(List.of("secrets"));
        line.addAll(List.of(arguments));
        return command.execute(line.toArray(String[]::new));
    }
}
