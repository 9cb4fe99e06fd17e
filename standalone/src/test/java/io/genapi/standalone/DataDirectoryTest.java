package io.genapi.standalone;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.genapi.runtime.service.StartException;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataDirectoryTest {

    @TempDir
    private Path directory;

    @Test
    void isInUseExactlyWhileItIsOpen() throws IOException {
        assertFalse(DataDirectory.isInUse(directory));
        DataDirectory open = DataDirectory.open(directory);
        assertTrue(DataDirectory.isInUse(directory));
        open.close();
        assertFalse(DataDirectory.isInUse(directory));
    }

    @Test
    void isNotGivenTwice() throws IOException {
        try (DataDirectory _ = DataDirectory.open(directory)) {
            StartException refused = assertThrows(StartException.class, () -> DataDirectory.open(directory));
            assertEquals(
                    "Another broker uses the data directory '" + directory
                            + "'. Stop it with ./genapi down, or name another one with --data DIR.",
                    refused.getMessage());
            assertTrue(DataDirectory.isInUse(directory), "the refusal dropped nobody's lock");
        }
    }
}
