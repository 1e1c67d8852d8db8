package io.kernos.transport;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.aeron.driver.MediaDriver;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DriverFactoryTest {

    @Test
    void shouldLeaveNothingBehindWhenTheDriverIsClosed(@TempDir Path folder) {
        Path directory = folder.resolve("driver");
        TransportContext context =
                new TransportContext().aeronDirectory(directory.toString()).conclude();
        try (MediaDriver driver = DriverFactory.launch(context, IdleProfile.ECO, Throwable::printStackTrace)) {
            assertTrue(Files.exists(directory));
            assertTrue(driver.context().termBufferSparseFile());
        }
        assertFalse(Files.exists(directory));
    }
}
